package io.riffle.sink;

import io.riffle.schemas.control.StagingSweep;
import io.riffle.sink.ChangeEvents.At;
import io.riffle.sink.staging.EventReader;
import io.riffle.testing.TestPostgres;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.header.ConnectHeaders;

/** A captured table of two columns and a key, until a test says otherwise, and its topic. */
final class StagingFixture implements AutoCloseable {
  static final TopicPartition ORDERS = new TopicPartition("main.cdc.qvp.public.orders", 0);
  static final String PLACEHOLDER = "riffle-absent-5f1c";
  static final String ROWS =
      "SELECT id, note, amount, riffle_deleted_at IS NULL FROM stg_qvp.orders ORDER BY id";
  static final String STAMPS =
      "SELECT id, extract(epoch FROM riffle_inserted_at)::bigint,"
          + " extract(epoch FROM riffle_updated_at)::bigint,"
          + " extract(epoch FROM riffle_deleted_at)::bigint FROM stg_qvp.orders ORDER BY id";
  static final String VERSIONS =
      "SELECT id, riffle_epoch, riffle_commit, riffle_lsn, riffle_offset FROM stg_qvp.orders"
          + " ORDER BY id";

  final SinkFixture sink;
  final ChangeEvents events;
  private TopicPartition topic = ORDERS;
  private int epoch = 1;
  private String placeholder = PLACEHOLDER;

  StagingFixture(TestPostgres server) {
    sink = new SinkFixture(server);
    events =
        new ChangeEvents(sink.registry)
            .key("id")
            .column("id", "\"long\"", "INT8", 19, 0)
            .column("note", "\"string\"", "TEXT", null, null)
            .column("amount", "\"string\"", "NUMERIC", 10, 2);
  }

  /** The topic of the events that follow. */
  StagingFixture topic(TopicPartition other) {
    topic = other;
    return this;
  }

  /** The header of the events that follow. */
  StagingFixture epoch(int other) {
    epoch = other;
    return this;
  }

  /** What stands for absent values in the events that follow. */
  StagingFixture placeholder(String other) {
    placeholder = other;
    return this;
  }

  static Map<String, Object> row(Object... namesAndValues) {
    Map<String, Object> row = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return row;
  }

  static Map<String, Object> order(long id, String note, String amount) {
    return row("id", id, "note", note, "amount", amount);
  }

  long put(String op, At at, Map<String, Object> after) {
    return add(events.key(after), events.event(op, at, null, after));
  }

  long put(String op, At at, long id, String note, String amount) {
    return put(op, at, order(id, note, amount));
  }

  long delete(At at, long id) {
    return add(events.key(row("id", id)), events.event("d", at, row("id", id), null));
  }

  long truncate(At at) {
    return add(null, events.event("t", at, null, null));
  }

  long tombstone(long id) {
    return add(events.key(row("id", id)), null);
  }

  /** Both events of a row whose key changed, as Debezium marks them. */
  void move(At at, long from, Map<String, Object> after) {
    moveFrom(at, from);
    moveTo(at, after);
  }

  long moveFrom(At at, long from) {
    byte[] value = events.event("d", at, row("id", from), null);
    return add(
        events.key(row("id", from)), value, Map.of(EventReader.NEW_KEY_HEADER, "{\"id\":0}"));
  }

  long moveTo(At at, Map<String, Object> after) {
    byte[] value = events.event("c", at, null, after);
    return add(events.key(after), value, Map.of(EventReader.OLD_KEY_HEADER, "{\"id\":0}"));
  }

  long sweep(int epochOfIt, long commit, long lsn, long seconds) {
    StagingSweep marker =
        new StagingSweep("qvp", "public", "orders", epochOfIt, commit, lsn, 1_000_000 * seconds);
    return add(null, sink.encoder.control(marker).bytes());
  }

  long add(byte[] key, byte[] value) {
    return add(key, value, Map.of());
  }

  private long add(byte[] key, byte[] value, Map<String, String> more) {
    ConnectHeaders headers = new ConnectHeaders();
    headers.addBytes(EventReader.EPOCH_HEADER, ChangeEvents.utf8(Integer.toString(epoch)));
    headers.addBytes(EventReader.PLACEHOLDER_HEADER, ChangeEvents.utf8(placeholder));
    more.forEach((name, text) -> headers.addBytes(name, ChangeEvents.utf8(text)));
    return sink.log.add(topic, key, value, headers);
  }

  TestWorker worker() {
    return sink.worker(Map.of("name", "main-staging")).open(topic);
  }

  /** Everything that is there, in as few transactions as it takes. */
  void drain() {
    worker().drain();
  }

  /** As {@link #drain}, with so many records in a transaction. */
  void drainBy(int records) {
    sink.worker(Map.of("name", "main-staging", "batch.rows", Integer.toString(records)))
        .atOnce(records)
        .open(topic)
        .drain();
  }

  /** The topic is read again from its start. */
  void rewind() {
    sink.postgres.execute("UPDATE riffle.sink_offsets SET next = 0");
  }

  List<String> rows(String query) {
    return sink.rows(query);
  }

  String row(String query) {
    return sink.row(query);
  }

  /** Inserted, updated, deleted, unchanged, older, incomplete, rejected. */
  String counts() {
    return row(
        "SELECT inserted, updated, deleted, unchanged, older, incomplete, rejected"
            + " FROM riffle.staging_tables");
  }

  @Override
  public void close() {
    sink.close();
  }
}
