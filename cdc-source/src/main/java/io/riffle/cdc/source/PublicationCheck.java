package io.riffle.cdc.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Whether a publication that is there already, made by a DBA or for an earlier epoch, publishes
 * every change of every captured table, and no others. Changes nothing.
 */
final class PublicationCheck {
  private static final int FILTERS_SINCE = 15;

  private static final String PUBLICATION =
      "SELECT puballtables, pubinsert AND pubupdate AND pubdelete AND pubtruncate, pubviaroot,"
          + " pg_has_role(current_user, pubowner, 'USAGE'), current_user FROM pg_publication WHERE pubname = ?";

  private static final String SCHEMAS =
      "SELECT FROM pg_publication p JOIN pg_publication_namespace n ON n.pnpubid = p.oid WHERE p.pubname = ?";

  private static final String FILTERED =
      "SELECT n.nspname, c.relname, r.prqual IS NOT NULL, r.prattrs IS NOT NULL"
          + " FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid"
          + " JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE p.pubname = ? AND (r.prqual IS NOT NULL OR r.prattrs IS NOT NULL) ORDER BY 1, 2";

  private final Connection source;
  private final SourceNames names;
  private final List<String> problems;

  PublicationCheck(Connection source, SourceNames names, List<String> problems) {
    this.source = source;
    this.names = names;
    this.problems = problems;
  }

  void run(List<CapturedTable> tables) throws SQLException {
    try (PreparedStatement query = asked(PUBLICATION);
        ResultSet row = query.executeQuery()) {
      if (row.next()) {
        kind(row);
        if (source.getMetaData().getDatabaseMajorVersion() >= FILTERS_SINCE) {
          filters();
        }
        if (!row.getBoolean(4)) {
          foreign(tables, Identifiers.quote(row.getString(5)));
        }
      }
    }
  }

  private void kind(ResultSet row) throws SQLException {
    if (row.getBoolean(1)) {
      problem("is one of all tables, and can be made no other one: DROP PUBLICATION");
    }
    if (!row.getBoolean(2)) {
      problem(
          "leaves changes out: ALTER PUBLICATION … SET (publish = 'insert, update, delete, truncate')");
    }
    if (!row.getBoolean(3)) {
      problem(
          "names the parts of partitioned tables: ALTER PUBLICATION … SET (publish_via_partition_root = true)");
    }
  }

  private void filters() throws SQLException {
    try (PreparedStatement query = asked(SCHEMAS);
        ResultSet row = query.executeQuery()) {
      if (row.next()) {
        problem("is one of whole schemas: ALTER PUBLICATION … DROP TABLES IN SCHEMA …");
      }
    }
    try (PreparedStatement query = asked(FILTERED);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        problem(
            "has a "
                + (row.getBoolean(3) ? "row filter" : "column list")
                + " for "
                + new TableName(row.getString(1), row.getString(2))
                + ", which loses changes: drop it from there, and add it without");
      }
    }
  }

  /** Somebody else's cannot be changed, so it has to be right as it is. */
  private void foreign(List<CapturedTable> tables, String user) throws SQLException {
    if (!SourceObjects.wanted(names, tables).equals(SourceObjects.published(source, names))) {
      problem(
          "belongs to another user and has not just the tables that are wanted, with Riffle's own two:"
              + " ALTER PUBLICATION … OWNER TO "
              + user);
    }
  }

  private PreparedStatement asked(String sql) throws SQLException {
    PreparedStatement query = source.prepareStatement(sql);
    query.setString(1, names.publication());
    return query;
  }

  private void problem(String text) {
    problems.add("publication " + names.publication() + " " + text);
  }
}
