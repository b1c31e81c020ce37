package io.riffle.sink;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.MergedBarrier;
import io.riffle.schemas.control.MergedDelete;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.testing.InMemoryRegistry;
import io.riffle.testing.TestPostgres;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.common.TopicPartition;

/** A migrated database, a log in memory, and words for what the tests do with them. */
final class SinkFixture implements AutoCloseable {
  static final Layout CARRIER = Layouts.load().get("CARRIER");
  static final Layout PDE = Layouts.load().get("PDE");
  static final Layout PERSON = Layouts.load().get("BENEFICIARY");
  static final String CARRIER_TOPIC = "main.merged.carrier";
  static final String PARKED_TOPIC = "main.merged.parked";
  static final String REJECTS_TOPIC = "main.rif.rejects";
  static final TopicPartition CARRIER_0 = new TopicPartition(CARRIER_TOPIC, 0);
  static final TopicPartition CARRIER_1 = new TopicPartition(CARRIER_TOPIC, 1);
  static final TopicPartition PERSON_0 = new TopicPartition("main.merged.beneficiary", 0);
  static final TopicPartition PDE_0 = new TopicPartition("main.merged.pde", 0);
  static final TopicPartition PARKED_0 = new TopicPartition(PARKED_TOPIC, 0);
  static final TopicPartition REJECTS_0 = new TopicPartition(REJECTS_TOPIC, 0);

  final TestPostgres postgres;
  final InMemoryRegistry registry = new InMemoryRegistry();
  final TestLog log = new TestLog();
  final Encoder encoder = new Encoder(registry);
  private final List<TestWorker> workers = new ArrayList<>();

  SinkFixture(TestPostgres server) {
    postgres = server.anotherMigrated("ccw");
  }

  static Map<String, String> properties(TestPostgres postgres) {
    Map<String, String> properties = new HashMap<>();
    properties.put("name", "main-db-sink");
    properties.put("riffle.deployment", "here");
    properties.put("database.url", postgres.jdbcUrl());
    properties.put("database.user", postgres.username());
    properties.put("database.password", postgres.password());
    properties.put("registry.url", "http://localhost:1/apis/ccompat/v7");
    properties.put("kafka.bootstrap.servers", "localhost:1");
    properties.put("consumer.override.isolation.level", "read_committed");
    properties.put("header.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    properties.put("retry.first", "2ms");
    properties.put("retry.longest", "20ms");
    return properties;
  }

  TestWorker worker() {
    return worker(Map.of());
  }

  TestWorker worker(Map<String, String> overrides) {
    Map<String, String> properties = properties(postgres);
    properties.putAll(overrides);
    TestWorker worker = new TestWorker(log, registry, properties);
    workers.add(worker);
    return worker;
  }

  /** A claim with one amount to tell versions apart, and lines numbered from 1. */
  long putCarrier(long file, long key, long amount, long linesHash, int lines) {
    return putCarrier(CARRIER_0, file, key, amount, linesHash, lines);
  }

  long putCarrier(
      TopicPartition partition, long file, long key, long amount, long linesHash, int lines) {
    List<Map<String, Object>> lineValues = new ArrayList<>();
    for (int line = 1; line <= lines; line++) {
      lineValues.add(Map.of("line_num", line));
    }
    Map<String, Object> header =
        Map.of("clm_id", key, "bene_id", -key, "clm_pmt_amt", Encoder.decimal(amount));
    return putCarrier(partition, file, key, linesHash, header, lineValues);
  }

  long putCarrier(
      TopicPartition partition,
      long file,
      long key,
      long linesHash,
      Map<String, Object> header,
      List<Map<String, Object>> lines) {
    long record = log.end(partition) + 1;
    return log.add(
        partition,
        Long.toString(key),
        encoder.merged(CARRIER, Encoder.origin(file, record), linesHash, header, lines));
  }

  long putPerson(long file, PersonRecord person) {
    return putPerson(PERSON_0, file, person, RecordSchemas.merged(PERSON));
  }

  long putPerson(TopicPartition partition, long file, PersonRecord person, Schema schema) {
    var origin = Encoder.origin(file, log.end(partition) + 1);
    Encoder.Value value =
        encoder.merged(
            PERSON,
            schema,
            origin,
            person.linesHash(),
            person.columns(),
            person.lines(),
            person.history());
    return log.add(partition, Long.toString(person.key()), value);
  }

  long deleteCarrier(long file, long key) {
    return delete(CARRIER_0, file, key);
  }

  long delete(TopicPartition partition, long file, long key) {
    var origin = Encoder.origin(file, log.end(partition) + 1);
    return log.add(
        partition,
        Long.toString(key),
        encoder.control(new MergedDelete(origin, origin.version(), Long.toString(key))));
  }

  /** Barriers of one raw partition to the three topics. */
  void barriers(long file, int partition, int partitions, long expected, long applied) {
    barriers(barrier(file, partition, partitions, expected, applied, Optional.empty()));
  }

  /** The same from a partition whose records are all applied, some with a key of another one. */
  void repeatedKeys(long file, int partition, int partitions, long applied, long repeated) {
    barriers(barrier(file, partition, partitions, applied, applied, Optional.of(repeated)));
  }

  private void barriers(MergedBarrier barrier) {
    for (String topic : List.of(CARRIER_TOPIC, PARKED_TOPIC, REJECTS_TOPIC)) {
      log.add(
          new TopicPartition(topic, barrier.partition()),
          "barrier/" + barrier.file() + "/1/" + barrier.partition(),
          encoder.control(barrier));
    }
  }

  private static MergedBarrier barrier(
      long file, int partition, int partitions, long expected, long applied, Optional<Long> keys) {
    return new MergedBarrier(
        file, 1, "CARRIER", partition, partitions, expected, applied, 0, 0, 0, 0, keys);
  }

  /** A file in the ledger whose records are all on the raw topic. */
  void ledger(long file, long records) {
    postgres.execute(
        String.format(
            """
            INSERT INTO ccw.s3_manifest_files VALUES
              (%1$d, 'manifest-%1$d', 'STARTED', now(), now(), now());
            INSERT INTO ccw.s3_data_files VALUES
              (%1$d, 0, 'f', 'CARRIER', 'object-%1$d', 'STARTED', now(), now());
            INSERT INTO riffle.manifests VALUES
              (%1$d, 'b', 'f', %1$d, 0, %1$d, 'hash', 'LOADING', NULL, NULL, now(), now());
            INSERT INTO riffle.files (file_id, manifest_id, entry_index, file_name, type, merge,
                s3_key, state, attempt, discovered_at, changed_at)
              OVERRIDING SYSTEM VALUE
              VALUES (%1$d, %1$d, 0, 'f', 'CARRIER', false, 'object-%1$d', 'LOADING', 1, now(), now());
            INSERT INTO riffle.file_attempts (file_id, attempt, lines, rows, rejected_rows, records,
                published_records, rejected_by_producer)
              VALUES (%1$d, 1, 1 + %2$d, %2$d, 0, %2$d, %2$d, 0);
            """,
            file, records));
  }

  /** The rows of a query, columns joined by a bar. */
  List<String> rows(String query) {
    return postgres.rows(query);
  }

  /** The only row of a query. */
  String row(String query) {
    List<String> rows = rows(query);
    if (rows.size() != 1) {
      throw new IllegalStateException(rows.size() + " rows");
    }
    return rows.get(0);
  }

  @Override
  public void close() {
    workers.forEach(TestWorker::close);
  }
}
