package io.riffle.cdc.source;

import io.riffle.cdc.guard.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Riffle makes in a source: a schema with three tables, a publication, a slot. */
public final class SourceObjects {
  private static final int FAILOVER_SINCE = 17;

  /**
   * Since then the server refuses updates of a table with REPLICA IDENTITY FULL whose generated
   * columns are not published.
   */
  private static final int GENERATED_SINCE = 18;

  private final Connection source;
  private final SourceNames names;

  public SourceObjects(Connection source, SourceNames names) {
    this.source = source;
    this.names = names;
  }

  /** Makes what is missing, and publishes the tables that have a key, and no others. */
  public void prepare(List<CapturedTable> tables) throws SQLException {
    source.setAutoCommit(false);
    try (Statement statement = source.createStatement()) {
      if (!exists("SELECT FROM pg_namespace WHERE nspname = ?", SourceNames.SCHEMA)) {
        statement.execute("CREATE SCHEMA " + SourceNames.SCHEMA);
      }
      statement.execute(
          "CREATE TABLE IF NOT EXISTS %s (id varchar(64) PRIMARY KEY, type varchar(32) NOT NULL, data text)"
              .formatted(names.signals().quoted()));
      statement.execute(
          "CREATE TABLE IF NOT EXISTS %s (one boolean PRIMARY KEY DEFAULT true, beat bigint NOT NULL, at timestamptz NOT NULL)"
              .formatted(names.heartbeat().quoted()));
      statement.execute(
          "INSERT INTO %s (beat, at) VALUES (0, now()) ON CONFLICT DO NOTHING"
              .formatted(names.heartbeat().quoted()));
      makeAsked(statement, names);
      statement.execute("DELETE FROM " + names.signals().quoted());
      statement.execute("DELETE FROM " + names.asked().quoted());
      publish(statement, tables);
      source.commit();
    } catch (SQLException e) {
      source.rollback();
      throw e;
    } finally {
      source.setAutoCommit(true);
    }
  }

  /** Makes the table of keys of single rows, unless it is there. */
  public static void makeAsked(Statement statement, SourceNames names) throws SQLException {
    statement.execute(
        "CREATE TABLE IF NOT EXISTS %s (id varchar(64) NOT NULL, key text[] NOT NULL)"
            .formatted(names.asked().quoted()));
  }

  /** Tables are added and dropped one by one: whoever sets them all must own them all. */
  private void publish(Statement statement, List<CapturedTable> tables) throws SQLException {
    Set<TableName> wanted = wanted(names, tables);
    String publication = Identifiers.quote(names.publication());
    if (!exists("SELECT FROM pg_publication WHERE pubname = ?", names.publication())) {
      statement.execute(
          "CREATE PUBLICATION "
              + publication
              + " FOR TABLE "
              + list(wanted)
              + " WITH (publish_via_partition_root = true"
              + (version() >= GENERATED_SINCE ? ", publish_generated_columns = stored)" : ")"));
      return;
    }
    Set<TableName> missing = new TreeSet<>(wanted);
    Set<TableName> published = published(source, names);
    missing.removeAll(published);
    if (!missing.isEmpty()) {
      statement.execute("ALTER PUBLICATION " + publication + " ADD TABLE " + list(missing));
    }
    published.removeAll(wanted);
    if (!published.isEmpty()) {
      statement.execute("ALTER PUBLICATION " + publication + " DROP TABLE " + list(published));
    }
  }

  private static String list(Set<TableName> tables) {
    return tables.stream().map(TableName::quoted).collect(Collectors.joining(", "));
  }

  /** What is to be published: tables that have a key, and Riffle's own two. */
  static Set<TableName> wanted(SourceNames names, List<CapturedTable> tables) {
    return Stream.concat(
            tables.stream().filter(CapturedTable::hasKey).map(CapturedTable::name),
            Stream.of(names.signals(), names.heartbeat()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What was put into the publication: partitioned tables, not their parts. */
  static Set<TableName> published(Connection source, SourceNames names) throws SQLException {
    Set<TableName> tables = new TreeSet<>();
    try (PreparedStatement query =
        source.prepareStatement(
            "SELECT n.nspname, c.relname FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid"
                + " JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE p.pubname = ?")) {
      query.setString(1, names.publication());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          tables.add(new TableName(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return tables;
  }

  /**
   * Makes the slot of an epoch, in the place of one of that name that nobody has read.
   *
   * @return where it begins
   */
  public long createSlot(int epoch) throws SQLException {
    dropSlots();
    boolean failover = version() >= FAILOVER_SINCE;
    String sql =
        "SELECT lsn::text FROM pg_create_logical_replication_slot(?, 'pgoutput', false"
            + (failover ? ", false, true)" : ")");
    try (PreparedStatement create = source.prepareStatement(sql)) {
      create.setString(1, names.slot(epoch));
      try (ResultSet row = create.executeQuery()) {
        row.next();
        return Lsn.parse(row.getString(1));
      }
    }
  }

  /** Drops all slots of the source's; one that is being read is taken from its reader. */
  public void dropSlots() throws SQLException {
    String sql =
        "SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots"
            + " WHERE slot_name ~ ? AND database = current_database() AND active_pid IS NOT NULL";
    each(sql);
    each(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
            + " WHERE slot_name ~ ? AND database = current_database()");
  }

  private void each(String sql) throws SQLException {
    try (PreparedStatement statement = source.prepareStatement(sql)) {
      statement.setString(1, names.slots());
      statement.execute();
    }
  }

  /**
   * Takes everything away; the schema too, when nothing else is in it. A publication that is
   * somebody else's stays.
   */
  public void remove() throws SQLException {
    dropSlots();
    try (Statement statement = source.createStatement()) {
      if (exists(
          "SELECT FROM pg_publication WHERE pubname = ? AND pg_has_role(current_user, pubowner, 'USAGE')",
          names.publication())) {
        statement.execute("DROP PUBLICATION " + Identifiers.quote(names.publication()));
      }
      statement.execute("DROP TABLE IF EXISTS " + names.signals().quoted());
      statement.execute("DROP TABLE IF EXISTS " + names.heartbeat().quoted());
      statement.execute("DROP TABLE IF EXISTS " + names.asked().quoted());
      if (exists(
          "SELECT FROM pg_namespace n WHERE nspname = ? AND pg_has_role(current_user, nspowner, 'USAGE')"
              + " AND NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = n.oid)"
              + " AND NOT EXISTS (SELECT FROM pg_proc WHERE pronamespace = n.oid)",
          SourceNames.SCHEMA)) {
        statement.execute("DROP SCHEMA " + SourceNames.SCHEMA);
      }
    }
  }

  private int version() throws SQLException {
    return source.getMetaData().getDatabaseMajorVersion();
  }

  private boolean exists(String query, String name) throws SQLException {
    try (PreparedStatement statement = source.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }
}
