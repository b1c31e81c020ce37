package io.riffle.operations.cdc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A staging table as the sink keeps it.
 *
 * @param inserted events that made a row, and so on for the next two
 * @param rejected events in all, again when they come again
 * @param openRejects rejected events that nobody has settled
 * @param committedAt when the source committed the newest event that is in it
 * @param stopped why nothing is written to it at the moment
 * @param changes what became of its columns, newest first, the last five
 */
public record StagingTable(
    String table,
    long inserted,
    long updated,
    long deleted,
    long rejected,
    long openRejects,
    Optional<String> committedAt,
    Optional<String> stopped,
    List<String> changes) {

  /** Those of a source. */
  public static List<StagingTable> of(Connection ledger, String source) throws SQLException {
    List<StagingTable> tables = new ArrayList<>();
    try (PreparedStatement query =
        ledger.prepareStatement(
            "SELECT t.table_name, inserted, updated, deleted, rejected, last_commit_at, stopped,"
                + " ARRAY(SELECT c.what || coalesce(' ' || c.column_name, '') || coalesce(': ' || c.detail, '')"
                + " FROM riffle.staging_changes c WHERE c.source = t.source AND c.table_name = t.table_name"
                + " ORDER BY c.change_id DESC LIMIT 5),"
                + " (SELECT count(*) FROM riffle.rejects r WHERE r.topic = t.topic AND r.status = 'OPEN')"
                + " FROM riffle.staging_tables t WHERE t.source = ?")) {
      query.setString(1, source);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          tables.add(table(row));
        }
      }
    }
    return tables;
  }

  private static StagingTable table(ResultSet row) throws SQLException {
    return new StagingTable(
        row.getString(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(9),
        Optional.ofNullable(row.getTimestamp(6)).map(Timestamp::toInstant).map(Object::toString),
        Optional.ofNullable(row.getString(7)),
        List.of((String[]) row.getArray(8).getArray()));
  }

  /** What is amiss with it: names and numbers. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    stopped.ifPresent(why -> problems.add(table + " is stopped: " + why));
    if (openRejects > 0) {
      problems.add(openRejects + " events of " + table + " are rejected: riffle rejects");
    }
    return problems;
  }

  /** What an operator should know of it: why it stands still, or its newest change. */
  public Optional<String> why() {
    return stopped.or(
        () -> changes.stream().filter(change -> !change.startsWith("CREATED")).findFirst());
  }

  void describe(ObjectNode node) {
    node.put("inserted", inserted).put("updated", updated).put("deleted", deleted);
    node.put("rejected", rejected).put("openRejects", openRejects);
    node.put("committedAt", committedAt.orElse(null));
    node.put("stopped", stopped.orElse(null));
    changes.forEach(node.putArray("changes")::add);
  }
}
