package io.riffle.sink.rebuild;

import io.riffle.schemas.ddl.TableDdl;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Holds the shadow tables against what was copied, and against the live tables. */
final class Verification {
  /** Whole tables are read, which the sink's sessions are told not to do. */
  private static final String WHOLE_TABLES = "SET LOCAL enable_seqscan = on";

  private static final String SUMS = "SELECT count(*), coalesce(sum(%s), 0) FROM %s";

  private static final String WRITTEN =
      """
      SELECT count(*)
      FROM unnest(?::bigint[], ?::integer[], ?::bigint[], ?::boolean[]) w (key, g, o, deleted)
      LEFT JOIN %1$s t ON t.%2$s = w.key
      WHERE CASE WHEN w.deleted THEN t.%2$s IS NOT NULL
        ELSE (t.%3$s, t.%4$s) IS DISTINCT FROM (w.g, w.o) END
      """;

  private static final String COMPARE =
      """
      SELECT count(*) FILTER (WHERE s.%1$s IS NOT NULL),
        count(*) FILTER (WHERE l.%1$s IS NULL), count(*) FILTER (WHERE s.%1$s IS NULL),
        count(*) FILTER (WHERE l.%1$s IS NOT NULL AND s.%1$s IS NOT NULL AND (%2$s))
      FROM %3$s l FULL JOIN %4$s s ON %5$s
      """;

  private static final String COLUMNS =
      "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0"
          + " AND NOT attisdropped ORDER BY attnum";

  private final ShadowTables tables;

  Verification(ShadowTables tables) {
    this.tables = tables;
  }

  /**
   * @throws RebuildException when a table has not the rows that were copied
   */
  void requireCopied(Connection connection, List<PartitionProgress> partitions)
      throws SQLException {
    List<ShadowTable> loaded = tables.loaded();
    TableSums copied = new TableSums(loaded.size());
    partitions.forEach(partition -> copied.add(partition.copied()));
    Sql sql = new Sql(connection);
    sql.execute(WHOLE_TABLES);
    TableSums found = new TableSums(loaded.size());
    for (int i = 0; i < loaded.size(); i++) {
      String query = SUMS.formatted(loaded.get(i).hash(), tables.shadow(loaded.get(i)));
      int table = i;
      sql.list(row -> add(found, table, row.getLong(1), row.getBigDecimal(2)), query);
      require(loaded.get(i), copied.rows(i), found.rows(i), copied.sum(i), found.sum(i));
    }
  }

  private static boolean add(TableSums sums, int table, long rows, BigDecimal sum) {
    sums.add(
        table, rows, sum.toBigInteger().longValue()); // the last 64 bits, as sums without carry
    return true;
  }

  private static void require(ShadowTable table, long copied, long found, long sum, long foundSum) {
    if (copied != found || sum != foundSum) {
      throw new RebuildException(
          String.format(
              "table %s has %d rows of %d that were copied%s: drop this rebuild",
              table.name(), found, copied, copied == found ? ", and other ones" : ""));
    }
  }

  /**
   * @throws RebuildException when a key is not as its newest change left it
   */
  void requireWritten(Connection connection, Map<Long, CatchUp.Written> written)
      throws SQLException {
    String header = tables.shadow(tables.all().get(0));
    String query =
        WRITTEN.formatted(
            header, tables.all().get(0).key().get(0), TableDdl.GENERATION, TableDdl.OFFSET);
    long[] keys = written.keySet().stream().mapToLong(Long::longValue).toArray();
    int[] generations = new int[keys.length];
    long[] offsets = new long[keys.length];
    boolean[] deleted = new boolean[keys.length];
    for (int i = 0; i < keys.length; i++) {
      CatchUp.Written change = written.get(keys[i]);
      generations[i] = change.version().generation();
      offsets[i] = change.version().offset();
      deleted[i] = change.deleted();
    }
    String wrong = new Sql(connection).text(query, keys, generations, offsets, deleted);
    if (!wrong.equals("0")) {
      throw new RebuildException(
          wrong + " rows of " + header + " are not as they were written: drop this rebuild");
    }
  }

  /** What the live tables lack, or have beside. */
  List<Difference> differences(Connection connection) throws SQLException {
    Sql sql = new Sql(connection);
    sql.execute(WHOLE_TABLES, "SET LOCAL work_mem = '64MB'");
    List<Difference> differences = new ArrayList<>();
    for (ShadowTable table : tables.all()) {
      differences.addAll(
          sql.list(
              row ->
                  new Difference(
                      table.name(), row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
              compare(sql, table)));
    }
    return differences;
  }

  private String compare(Sql sql, ShadowTable table) throws SQLException {
    List<String> compared =
        sql.texts(COLUMNS, tables.shadow(table)).stream()
            .filter(column -> !table.unlike().contains(column) && !table.key().contains(column))
            .toList();
    return COMPARE.formatted(
        table.key().get(0),
        compared.stream()
            .map(column -> "l." + column + " IS DISTINCT FROM s." + column)
            .collect(Collectors.joining(" OR ", "", compared.isEmpty() ? "false" : "")),
        tables.live(table),
        tables.shadow(table),
        table.key().stream()
            .map(column -> "l." + column + " = s." + column)
            .collect(Collectors.joining(" AND ")));
  }
}
