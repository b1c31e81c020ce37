package io.riffle.operations.generation;

import io.riffle.operations.generation.Change.Step;
import io.riffle.operations.replay.PlannedRange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** What is planned of a change: {@code riffle.replays} and the tables below. */
final class PlanTables {
  private static final String ADD =
      """
      INSERT INTO riffle.replays (mode, scope, type, topic, planned_by, records_planned)
      VALUES ('GENERATION', ?, 'ALL', ?, ?, ?) RETURNING replay_id
      """;
  private static final String ADD_TYPE =
      "INSERT INTO riffle.generation_types (replay_id, type, partitions) VALUES (?, ?, ?)";
  private static final String ADD_RANGE =
      """
      INSERT INTO riffle.replay_ranges (replay_id, topic, topic_id, partitions, partition, from_offset, to_offset, next_offset)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String ADD_REBUILD =
      """
      INSERT INTO riffle.replays (mode, scope, type, topic, planned_by, records_planned, parent)
      SELECT 'REBUILD', ?, ?, ?, planned_by, ?, replay_id FROM riffle.replays WHERE replay_id = ?
      RETURNING replay_id
      """;

  private final DataSource database;

  PlanTables(DataSource database) {
    this.database = database;
  }

  /** Stores a plan; its number. */
  long add(
      String scope,
      String topic,
      String by,
      Map<String, Integer> partitions,
      List<PlannedRange> ranges)
      throws SQLException {
    return Sql.transaction(
        database,
        connection -> {
          long id =
              Sql.list(connection, row -> row.getLong(1), ADD, scope, topic, by, records(ranges))
                  .get(0);
          for (Map.Entry<String, Integer> type : partitions.entrySet()) {
            Sql.update(connection, ADD_TYPE, id, type.getKey(), type.getValue());
          }
          addRanges(connection, id, ranges);
          return id;
        });
  }

  private static long records(Collection<PlannedRange> ranges) {
    return ranges.stream().mapToLong(PlannedRange::records).sum();
  }

  private static void addRanges(Connection connection, long id, Collection<PlannedRange> ranges)
      throws SQLException {
    for (PlannedRange range : ranges) {
      Sql.update(
          connection,
          ADD_RANGE,
          id,
          range.topic(),
          range.topicId(),
          range.partitions(),
          range.partition(),
          range.from(),
          range.to(),
          range.next());
    }
  }

  /** What is read to the end, and what of each type; the first step is over with that. */
  void looked(long id, List<PlannedRange> ranges, Map<String, Source> sources) throws SQLException {
    Sql.transaction(
        database,
        connection -> {
          Sql.update(connection, "DELETE FROM riffle.replay_ranges WHERE replay_id = ?", id);
          addRanges(connection, id, ranges);
          for (Map.Entry<String, Source> source : sources.entrySet()) {
            Sql.update(
                connection,
                "UPDATE riffle.generation_types SET source = ? WHERE replay_id = ? AND type = ?",
                source.getValue().name(),
                id,
                source.getKey());
          }
          return GenerationStore.advance(connection, id, Step.FILL);
        });
  }

  /** Partitions that each type is to have. */
  Map<String, Integer> partitions(long id) throws SQLException {
    Map<String, Integer> partitions = new TreeMap<>();
    read(
        row -> partitions.put(row.getString(1), row.getInt(2)),
        "SELECT type, partitions FROM riffle.generation_types WHERE replay_id = ?",
        id);
    return partitions;
  }

  /** What each type is made of; empty before that was looked at. */
  Map<String, Source> sources(long id) throws SQLException {
    Map<String, Source> sources = new TreeMap<>();
    read(
        row -> sources.put(row.getString(1), Source.valueOf(row.getString(2))),
        "SELECT type, source FROM riffle.generation_types WHERE replay_id = ? AND source IS NOT"
            + " NULL",
        id);
    return sources;
  }

  /** The rebuilds that are part of a change, with their types. */
  Map<Long, String> rebuilds(long id) throws SQLException {
    Map<Long, String> rebuilds = new TreeMap<>();
    read(
        row -> rebuilds.put(row.getLong(1), row.getString(2)),
        "SELECT replay_id, type FROM riffle.replays WHERE parent = ?",
        id);
    return rebuilds;
  }

  private void read(Sql.Row<Object> row, String sql, long id) throws SQLException {
    Sql.transaction(database, connection -> Sql.list(connection, row, sql, id));
  }

  /** A rebuild of a type's tables from its new topic, as part of a change. */
  static void addRebuild(
      Connection connection, long parent, String type, Collection<PlannedRange> ranges)
      throws SQLException {
    String topic = ranges.iterator().next().topic();
    long id =
        Sql.list(
                connection,
                row -> row.getLong(1),
                ADD_REBUILD,
                "topic " + topic,
                type,
                topic,
                records(ranges),
                parent)
            .get(0);
    addRanges(connection, id, ranges);
  }
}
