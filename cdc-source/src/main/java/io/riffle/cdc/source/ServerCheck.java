package io.riffle.cdc.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Whether server and role can do logical replication. Changes nothing. */
final class ServerCheck {
  private static final int OLDEST = 14;
  private static final int MAJOR = 10_000;

  private static final String QUERY =
      """
      SELECT current_setting('server_version_num')::int, pg_is_in_recovery(), current_setting('wal_level'),
             current_setting('max_replication_slots')::int - (SELECT count(*) FROM pg_replication_slots WHERE slot_name !~ ?),
             current_setting('max_wal_senders')::int - (SELECT count(*) FROM pg_stat_replication),
             (SELECT rolreplication OR rolsuper FROM pg_roles WHERE rolname = current_user)
               OR EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_replication' AND pg_has_role(current_user, oid, 'USAGE')),
             has_database_privilege(current_database(), 'CREATE'),
             to_regnamespace(?) IS NOT NULL,
             EXISTS (SELECT FROM pg_publication WHERE pubname = ?),
             current_setting('max_slot_wal_keep_size'), current_user""";

  private ServerCheck() {}

  static void run(
      Connection source, SourceNames names, List<String> problems, List<String> warnings)
      throws SQLException {
    try (PreparedStatement query = source.prepareStatement(QUERY)) {
      query.setString(1, names.slots());
      query.setString(2, SourceNames.SCHEMA);
      query.setString(3, names.publication());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        server(row, problems);
        role(row, problems);
        if (row.getString(10).equals("-1")) {
          warnings.add(
              "max_slot_wal_keep_size has no limit: while nobody reads the slot, the source's disk fills");
        }
      }
    }
  }

  private static void server(ResultSet row, List<String> problems) throws SQLException {
    int version = row.getInt(1) / MAJOR;
    if (version < OLDEST) {
      problems.add("Postgres " + version + " is too old: " + OLDEST + " or newer is needed");
    }
    if (row.getBoolean(2)) {
      problems.add("the server is a standby: name the primary");
    }
    if (!row.getString(3).equals("logical")) {
      problems.add(
          "wal_level is " + row.getString(3) + ": set wal_level = logical and restart the server");
    }
    if (row.getInt(4) < 1) {
      problems.add("all replication slots are taken: raise max_replication_slots");
    }
    if (row.getInt(5) < 1) {
      problems.add("all WAL senders are taken: raise max_wal_senders");
    }
  }

  private static void role(ResultSet row, List<String> problems) throws SQLException {
    String user = Identifiers.quote(row.getString(11));
    if (!row.getBoolean(6)) {
      problems.add("the user may not replicate: ALTER ROLE " + user + " REPLICATION");
    }
    if (!row.getBoolean(7) && !(row.getBoolean(8) && row.getBoolean(9))) {
      problems.add(
          "the user may not create schema riffle and a publication:"
              + " GRANT CREATE ON DATABASE … TO "
              + user);
    }
  }
}
