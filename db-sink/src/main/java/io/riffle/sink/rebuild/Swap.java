package io.riffle.sink.rebuild;

import io.riffle.lease.Lease;
import io.riffle.sink.offsets.StoredOffset;
import io.riffle.sink.write.OffsetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The transaction in which the tables change places, under the lease. */
final class Swap {
  private static final String FORGET_OF_ROWS =
      "DELETE FROM riffle.deleted_keys d USING %s t WHERE d.type = ? AND d.key = t.%s";

  private static final String REMEMBER =
      """
      INSERT INTO riffle.deleted_keys AS d (type, key, generation, "offset", deleted_at)
      SELECT s.type, s.key, s.generation, s."offset", s.deleted_at FROM %s s
      WHERE NOT EXISTS (SELECT FROM riffle.deleted_keys o WHERE o.type = s.type AND o.key = s.key
        AND (o.generation, o."offset") >= (s.generation, s."offset"))
      ON CONFLICT (type, key) DO UPDATE SET generation = excluded.generation,
        "offset" = excluded."offset", deleted_at = excluded.deleted_at
      """;

  /** Sequences that belong to a column of a live table, and would go away with it. */
  private static final String SEQUENCES =
      """
      SELECT format('ALTER SEQUENCE %I.%I OWNED BY ', n.nspname, s.relname),
        format('%s.%I', c.oid::regclass, a.attname)
      FROM pg_class c JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass
        AND d.refobjid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'a'
      JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
      JOIN pg_namespace n ON n.oid = s.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
      WHERE c.oid = ?::regclass
      """;

  private static final String STATISTICS =
      """
      SELECT format('ALTER STATISTICS %I.%I SET SCHEMA ', n.nspname, x.stxname),
        format('%I.%I', ?::text, x.stxname), quote_ident(n.nspname)
      FROM pg_statistic_ext x JOIN pg_namespace n ON n.oid = x.stxnamespace
      WHERE x.stxrelid = ?::regclass
      """;

  private static final String PUBLICATIONS =
      "SELECT format('ALTER PUBLICATION %I DROP TABLE ', p.pubname) || ?::text"
          + " FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid"
          + " WHERE r.prrelid = ?::regclass";

  private final ShadowTables tables;
  private final Structure structure;
  private final Obstacles obstacles;
  private final OffsetTable offsets;

  Swap(ShadowTables tables, Structure structure, OffsetTable offsets) {
    this.tables = tables;
    this.structure = structure;
    this.obstacles = new Obstacles(tables);
    this.offsets = offsets;
  }

  /** What the topic says of deletes is so with the old tables as with the new ones. */
  void rememberDeletes(Connection connection, long token) throws SQLException {
    requireLease(connection, token);
    Sql sql = new Sql(connection);
    sql.execute("SET LOCAL enable_seqscan = on");
    String header = tables.shadow(tables.all().get(0));
    String key = tables.layout().key().sqlName();
    sql.update(FORGET_OF_ROWS.formatted(header, key), tables.layout().type());
    sql.update(REMEMBER.formatted(tables.deletedKeys()));
  }

  /**
   * Everything in the caller's transaction.
   *
   * @param at how far the shadow tables are, which is where the live sink must be
   * @param millis longest wait for readers
   */
  void run(
      Connection connection, long token, Map<TopicPartition, Long> at, long millis, SwapHook hook)
      throws SQLException {
    Sql sql = new Sql(connection);
    requireLease(connection, token);
    requirePositions(connection, at);
    TableLocks.take(sql, tables, millis);
    requireComplete(connection);
    List<String> before = new ArrayList<>();
    List<String> moves = new ArrayList<>();
    List<String> after = new ArrayList<>();
    for (ShadowTable table : tables.all()) {
      plan(sql, table, before, moves, after);
    }
    after.addAll(Views.of(sql, tables).definitions());
    sql.execute("CREATE SCHEMA " + tables.oldSchema());
    sql.execute(before);
    sql.execute(moves);
    sql.execute(after);
    hook.run(connection);
  }

  private void plan(
      Sql sql, ShadowTable table, List<String> before, List<String> moves, List<String> after)
      throws SQLException {
    String live = tables.live(table);
    String shadow = tables.shadow(table);
    String old = tables.oldSchema() + "." + table.name();
    after.add("ALTER TABLE " + live + " RESET (autovacuum_enabled, toast.autovacuum_enabled)");
    after.addAll(Carried.settings(sql, live, live));
    after.addAll(Carried.rights(sql, live, live, shadow));
    after.addAll(sql.texts(PUBLICATIONS, old, live));
    after.addAll(Carried.objects(sql, live, live));
    sql.list(
        row -> {
          before.add(row.getString(1) + "NONE");
          return after.add(row.getString(1) + row.getString(2));
        },
        SEQUENCES,
        live);
    sql.list(
        row -> {
          before.add(row.getString(1) + tables.oldSchema());
          return moves.add(
              "ALTER STATISTICS " + row.getString(2) + " SET SCHEMA " + row.getString(3));
        },
        STATISTICS,
        tables.schema(),
        live);
    before.add("ALTER TABLE " + live + " SET SCHEMA " + tables.oldSchema());
    moves.add("ALTER TABLE " + shadow + " SET SCHEMA " + tables.liveSchema());
  }

  private static void requireLease(Connection connection, long token) throws SQLException {
    if (!Lease.check(connection, token)) {
      throw new LaterException("the lease was taken by somebody else");
    }
  }

  private void requirePositions(Connection connection, Map<TopicPartition, Long> at)
      throws SQLException {
    Map<TopicPartition, StoredOffset> stored = offsets.read(connection);
    at.forEach(
        (partition, position) -> {
          if (!stored.containsKey(partition) || stored.get(partition).next() != position) {
            throw new LaterException("the stored offset of " + partition + " was moved");
          }
        });
  }

  /** Whoever altered a table meanwhile is to find it altered. */
  private void requireComplete(Connection connection) throws SQLException {
    structure.requireSame(connection);
    if (!structure.missingIndexes(connection).isEmpty()
        || !structure.missingConstraints(connection).isEmpty()
        || !structure.unvalidated(connection).isEmpty()) {
      throw new LaterException("indexes or constraints were added meanwhile");
    }
    List<String> found = obstacles.find(connection);
    if (!found.isEmpty()) {
      throw new RebuildException("the tables cannot be exchanged: " + String.join("; ", found));
    }
  }
}
