package io.riffle.sink.rebuild;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/** The table of the shadow schema that says how far each partition is. */
final class ProgressTable {
  private static final String CREATE =
      """
      CREATE TABLE %s (
        partition integer PRIMARY KEY,
        topic varchar(249) NOT NULL,
        topic_id uuid NOT NULL,
        from_offset bigint NOT NULL,
        to_offset bigint NOT NULL,
        winners bytea,
        todo bytea,
        loaded bigint NOT NULL,
        caught_up bigint NOT NULL,
        bad bigint[] NOT NULL DEFAULT '{}',
        judged integer NOT NULL DEFAULT 0,
        rows bigint[] NOT NULL,
        sums bigint[] NOT NULL,
        verified boolean NOT NULL DEFAULT false,
        changed_at timestamptz NOT NULL DEFAULT now())
      """;

  private final String table;
  private final int tables;

  ProgressTable(ShadowTables shadow) {
    this.table = shadow.schema() + ".riffle_progress";
    this.tables = shadow.loaded().size();
  }

  void create(Connection connection, List<TopicRange> ranges) throws SQLException {
    Sql sql = new Sql(connection);
    sql.execute(CREATE.formatted(table));
    long[] none = new long[tables];
    for (TopicRange range : ranges) {
      sql.update(
          "INSERT INTO "
              + table
              + " (partition, topic, topic_id, from_offset, to_offset, loaded, caught_up, rows,"
              + " sums) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          range.partition().partition(),
          range.partition().topic(),
          range.topicId(),
          range.from(),
          range.to(),
          range.from(),
          range.to(),
          none,
          none);
    }
  }

  List<PartitionProgress> read(Connection connection) throws SQLException {
    return new Sql(connection)
        .list(ProgressTable::progress, "SELECT * FROM " + table + " ORDER BY partition");
  }

  /** Where the catch-up of each partition is. */
  Map<TopicPartition, Long> positions(Connection connection) throws SQLException {
    Map<TopicPartition, Long> positions = new HashMap<>();
    new Sql(connection)
        .list(
            row ->
                positions.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3)),
            "SELECT topic, partition, caught_up FROM " + table);
    return positions;
  }

  private static PartitionProgress progress(ResultSet row) throws SQLException {
    TopicRange range =
        new TopicRange(
            new TopicPartition(row.getString("topic"), row.getInt("partition")),
            row.getObject("topic_id", UUID.class),
            row.getLong("from_offset"),
            row.getLong("to_offset"));
    return new PartitionProgress(
        range,
        offsets(range, row.getBytes("winners")),
        offsets(range, row.getBytes("todo")),
        row.getLong("loaded"),
        List.of((Long[]) row.getArray("bad").getArray()),
        row.getInt("judged"),
        new TableSums(numbers(row.getArray("rows")), numbers(row.getArray("sums"))),
        row.getBoolean("verified"));
  }

  private static Optional<OffsetSet> offsets(TopicRange range, byte[] bytes) {
    return Optional.ofNullable(bytes).map(stored -> OffsetSet.of(range.from(), stored));
  }

  private static long[] numbers(Array array) throws SQLException {
    return Arrays.stream((Long[]) array.getArray()).mapToLong(Long::longValue).toArray();
  }

  /** The winners of a partition are found, those that are to be copied among them. */
  void scanned(Connection connection, PartitionProgress was, OffsetSet winners, OffsetSet todo)
      throws SQLException {
    new Sql(connection)
        .update(
            "UPDATE "
                + table
                + " SET winners = ?, todo = ?, judged = ?, loaded = from_offset, changed_at = now()"
                + " WHERE partition = ?",
            winners.toBytes(),
            todo.toBytes(),
            was.bad().size(),
            was.range().partition().partition());
  }

  /** Some were copied, in the transaction of the caller. */
  void loaded(
      Connection connection, int partition, long from, long to, TableSums sums, List<Long> bad)
      throws SQLException {
    long[] rows = new long[tables];
    long[] hashes = new long[tables];
    for (int i = 0; i < tables; i++) {
      rows[i] = sums.rows(i);
      hashes[i] = sums.sum(i);
    }
    int moved =
        new Sql(connection)
            .update(
                "UPDATE "
                    + table
                    + " SET loaded = ?, rows = ?, sums = ?, bad = ?, changed_at = now()"
                    + " WHERE partition = ? AND loaded = ?",
                to,
                rows,
                hashes,
                bad.stream().mapToLong(Long::longValue).toArray(),
                partition,
                from);
    requireMoved(moved, partition);
  }

  void verified(Connection connection) throws SQLException {
    new Sql(connection).update("UPDATE " + table + " SET verified = true");
  }

  void caughtUp(Connection connection, int partition, long from, long to) throws SQLException {
    int moved =
        new Sql(connection)
            .update(
                "UPDATE "
                    + table
                    + " SET caught_up = ?, changed_at = now() WHERE partition = ? AND caught_up = ?",
                to,
                partition,
                from);
    requireMoved(moved, partition);
  }

  private static void requireMoved(int moved, int partition) {
    if (moved != 1) {
      throw new RebuildException("another run moved partition " + partition + " meanwhile");
    }
  }
}
