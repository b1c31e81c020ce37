package io.riffle.cdc.source;

import io.riffle.cdc.guard.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Riffle makes in a source: a schema with two tables, a publication, a slot. */
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
      statement.execute("DELETE FROM " + names.signals().quoted());
      publish(statement, tables);
      source.commit();
    } catch (SQLException e) {
      source.rollback();
      throw e;
    } finally {
      source.setAutoCommit(true);
    }
  }

  private void publish(Statement statement, List<CapturedTable> tables) throws SQLException {
    List<TableName> wanted =
        Stream.concat(
                tables.stream().filter(CapturedTable::hasKey).map(CapturedTable::name),
                Stream.of(names.signals(), names.heartbeat()))
            .sorted()
            .toList();
    String publication = Identifiers.quote(names.publication());
    String list = wanted.stream().map(TableName::quoted).collect(Collectors.joining(", "));
    if (!exists("SELECT FROM pg_publication WHERE pubname = ?", names.publication())) {
      statement.execute(
          "CREATE PUBLICATION "
              + publication
              + " FOR TABLE "
              + list
              + " WITH (publish_via_partition_root = true"
              + (version() >= GENERATED_SINCE ? ", publish_generated_columns = stored)" : ")"));
    } else if (!published().equals(wanted)) {
      statement.execute("ALTER PUBLICATION " + publication + " SET TABLE " + list);
    }
  }

  private List<TableName> published() throws SQLException {
    List<TableName> tables = new ArrayList<>();
    try (PreparedStatement query =
        source.prepareStatement(
            "SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = ?")) {
      query.setString(1, names.publication());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          tables.add(new TableName(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return tables.stream().sorted().toList();
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
            + " WHERE starts_with(slot_name, ?) AND database = current_database() AND active_pid IS NOT NULL";
    each(sql);
    each(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
            + " WHERE starts_with(slot_name, ?) AND database = current_database()");
  }

  private void each(String sql) throws SQLException {
    try (PreparedStatement statement = source.prepareStatement(sql)) {
      statement.setString(1, names.slots());
      statement.execute();
    }
  }

  /** Takes everything away; the schema too, when nothing else is in it. */
  public void remove() throws SQLException {
    dropSlots();
    try (Statement statement = source.createStatement()) {
      statement.execute("DROP PUBLICATION IF EXISTS " + Identifiers.quote(names.publication()));
      statement.execute("DROP TABLE IF EXISTS " + names.signals().quoted());
      statement.execute("DROP TABLE IF EXISTS " + names.heartbeat().quoted());
      if (!exists(
          "SELECT FROM pg_class WHERE relnamespace = to_regnamespace(?) UNION ALL"
              + " SELECT FROM pg_proc WHERE pronamespace = to_regnamespace('riffle')",
          SourceNames.SCHEMA)) {
        statement.execute("DROP SCHEMA IF EXISTS " + SourceNames.SCHEMA);
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
