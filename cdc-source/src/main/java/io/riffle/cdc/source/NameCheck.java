package io.riffle.cdc.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds names that topics, events and staging tables cannot keep apart: rows of two tables would
 * end up in one, or the source would stop when its first event comes. Changes nothing.
 */
final class NameCheck {
  private static final String OWN = "riffle_";

  private static final String COLUMNS =
      "SELECT a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
          + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?"
          + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";

  private static final String TWINS =
      "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE lower(n.nspname) = lower(?) AND lower(c.relname) = lower(?) AND (n.nspname, c.relname) <> (?, ?)"
          + " AND c.relkind IN ('r', 'p')";

  private final Connection source;
  private final List<String> problems;
  private final Map<String, TableName> staged = new HashMap<>();
  private final Map<String, TableName> topics = new HashMap<>();

  NameCheck(Connection source, List<String> problems) {
    this.source = source;
    this.problems = problems;
  }

  void run(List<CapturedTable> tables) throws SQLException {
    for (CapturedTable table : tables) {
      name(table.name());
      columns(table.name());
      if (table.hasKey()) {
        twins(table.name());
        blanks(table.name());
      }
    }
  }

  private void name(TableName name) {
    String schema = EventNames.topicPart(name.schema());
    String table = EventNames.topicPart(name.table());
    if ((name.schema() + name.table()).indexOf('.') >= 0) {
      problems.add(name + " has a dot in its name, which parts the names in a topic's");
    }
    if (Character.isDigit(schema.charAt(0)) || Character.isDigit(table.charAt(0))) {
      problems.add(name + " has a name that begins with a digit, as no name in Avro does");
    }
    if (table.startsWith(OWN)) {
      problems.add(name + " has a name that begins with riffle_, which is kept for Riffle");
    }
    TableName namesake = staged.putIfAbsent(table, name);
    if (namesake != null) {
      problems.add(
          name
              + " has the name of another captured table, "
              + namesake
              + ": both would be one staging table, "
              + table);
      return;
    }
    TableName neighbour = topics.putIfAbsent(schema + "_" + table, name);
    if (neighbour != null) {
      problems.add(name + " and " + neighbour + " would have topics that Kafka cannot keep apart");
    }
  }

  /** Debezium leaves such a table out of snapshots, and waits for none. */
  private void blanks(TableName name) {
    if ((name.schema() + name.table()).chars().anyMatch(Character::isWhitespace)) {
      problems.add(name + " has a blank in its name, which Debezium cannot read in snapshots");
    }
  }

  /** A snapshot of one would read the other, too. */
  private void twins(TableName table) throws SQLException {
    try (PreparedStatement query = source.prepareStatement(TWINS)) {
      query.setString(1, table.schema());
      query.setString(2, table.table());
      query.setString(3, table.schema());
      query.setString(4, table.table());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          problems.add(
              table
                  + " and "
                  + new TableName(row.getString(1), row.getString(2))
                  + " differ in upper and lower case only, which Debezium takes for the same");
        }
      }
    }
  }

  private void columns(TableName table) throws SQLException {
    Map<String, String> fields = new HashMap<>();
    try (PreparedStatement query = source.prepareStatement(COLUMNS)) {
      query.setString(1, table.schema());
      query.setString(2, table.table());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          column(table, row.getString(1), fields);
        }
      }
    }
  }

  private void column(TableName table, String column, Map<String, String> fields) {
    String field = EventNames.field(column);
    if (field.startsWith(OWN)) {
      problems.add(
          table
              + " has a column "
              + column
              + ": names that begin with riffle_ are kept for Riffle");
    }
    String other = fields.putIfAbsent(field, column);
    if (other != null) {
      problems.add(
          table
              + " has columns "
              + other
              + " and "
              + column
              + ", which are one field, "
              + field
              + ", in events");
    }
  }
}
