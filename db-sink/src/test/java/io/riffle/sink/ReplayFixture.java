package io.riffle.sink;

import io.riffle.failure.Backoff;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.MergedDelete;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import io.riffle.sink.replay.MergeReplay;
import io.riffle.sink.replay.ReplayEnd;
import io.riffle.sink.replay.ReplayProgress;
import io.riffle.sink.replay.ReplaySettings;
import io.riffle.sink.replay.ReplaySettings.Batches;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A set of its own on a real broker, its database, its live sink, and replays. */
final class ReplayFixture implements AutoCloseable {
  static final int PARTITIONS = 2;

  /** Claims that {@link #load} writes, numbered from 1. */
  static final int KEYS = 60;

  /**
   * State, rows written, rejected, and whether all was read; of the replay whose number follows.
   */
  static final String STATE =
      "SELECT state, rows_written, rejected, records_done = records_planned FROM riffle.replays"
          + " WHERE replay_id = ";

  final TestKafka kafka;
  final TestPostgres postgres;
  final Topics topics;
  private final SchemaRegistry registry;
  private final Encoder encoder;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<?>> sent = new ArrayList<>();
  private final List<LiveSink> sinks = new ArrayList<>();

  ReplayFixture(TestKafka kafka, TestPostgres server, SchemaRegistry registry) {
    this.kafka = kafka;
    this.postgres = server.anotherMigrated("ccw");
    this.registry = registry;
    this.encoder = new Encoder(registry);
    this.topics = new Topics("r" + Integer.toHexString(ThreadLocalRandom.current().nextInt()));
    kafka.createTopic(topic(SinkFixture.CARRIER), PARTITIONS);
    kafka.createTopic(topic(SinkFixture.PERSON), PARTITIONS);
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  String topic(Layout layout) {
    return topics.merged(layout);
  }

  LiveSink sink() {
    Map<String, String> properties = SinkFixture.properties(postgres);
    properties.put("name", topics.sinkConnector());
    properties.put("riffle.set", topics.set());
    properties.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    List<TopicPartition> reads = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      reads.add(new TopicPartition(topic(SinkFixture.CARRIER), partition));
      reads.add(new TopicPartition(topic(SinkFixture.PERSON), partition));
    }
    LiveSink sink = new LiveSink(properties, registry, reads);
    sinks.add(sink);
    return sink;
  }

  /** Each key three times, with more lines and other amounts each time, all of it in the tables. */
  LiveSink load() {
    LiveSink sink = sink();
    for (int round = 1; round <= 3; round++) {
      for (long key = 1; key <= KEYS; key++) {
        send(key, 1000L * round + key, round);
      }
    }
    awaitSent();
    sink.drain();
    return sink;
  }

  /** A claim on the partition of its key, with lines numbered from 1 that show the amount, too. */
  void put(long key, long amount, int lines) {
    send(key, amount, lines);
    awaitSent();
  }

  private void send(long key, long amount, int lines) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int line = 1; line <= lines; line++) {
      values.add(Map.of("line_num", line, "line_sbmtd_chrg_amt", Encoder.decimal(amount)));
    }
    Map<String, Object> header =
        Map.of("clm_id", key, "bene_id", -key, "clm_pmt_amt", Encoder.decimal(amount));
    send(
        SinkFixture.CARRIER,
        key,
        encoder.merged(
            SinkFixture.CARRIER, Encoder.origin(1, key), amount * 100 + lines, header, values));
  }

  void person(PersonRecord person) {
    send(
        SinkFixture.PERSON,
        person.key(),
        encoder.merged(
            SinkFixture.PERSON,
            RecordSchemas.merged(SinkFixture.PERSON),
            Encoder.origin(1, person.key()),
            person.linesHash(),
            person.columns(),
            person.lines(),
            person.history()));
    awaitSent();
  }

  void delete(long key) {
    var origin = Encoder.origin(1, key);
    send(
        SinkFixture.CARRIER,
        key,
        encoder.control(new MergedDelete(origin, origin.version(), Long.toString(key))));
    awaitSent();
  }

  private void send(Layout layout, long key, Encoder.Value value) {
    sent.add(
        producer.send(
            new ProducerRecord<>(
                topic(layout),
                Math.floorMod(key, PARTITIONS),
                Long.toString(key).getBytes(StandardCharsets.UTF_8),
                value.bytes(),
                List.of(value.writer().header()))));
  }

  private void awaitSent() {
    try {
      for (Future<?> one : sent) {
        one.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    sent.clear();
  }

  /** A plan of all that the sink has read of a type's topic, as the command line makes one. */
  long plan(Layout layout, boolean forced) {
    return Long.parseLong(
        row(
            String.format(
                """
                WITH planned AS (
                  INSERT INTO riffle.replays (mode, scope, type, topic, forced, planned_by, records_planned)
                  VALUES ('MERGE', 'test', '%2$s', '%1$s', %3$b, 'test', 0) RETURNING replay_id),
                ranges AS (
                  INSERT INTO riffle.replay_ranges
                  SELECT replay_id, topic, topic_id, partitions, partition, 0, next, 0
                    FROM planned, riffle.sink_offsets WHERE topic = '%1$s')
                SELECT replay_id FROM planned""",
                topic(layout), layout.type(), forced)));
  }

  long plan(boolean forced) {
    return plan(SinkFixture.CARRIER, forced);
  }

  /** A plan of some keys. */
  long planKeys(boolean forced, long... keys) {
    long replay = plan(forced);
    execute("UPDATE riffle.replays SET by_key = true WHERE replay_id = " + replay);
    for (long key : keys) {
      execute("INSERT INTO riffle.replay_keys VALUES (" + replay + ", " + key + ")");
    }
    return replay;
  }

  ReplayEnd run(long replay) {
    return run(replay, 1_000, progress -> {});
  }

  /**
   * Runs a replay.
   *
   * @param rows most rows of a transaction
   */
  ReplayEnd run(long replay, int rows, Consumer<ReplayProgress> watcher) {
    return MergeReplay.run(settings(rows), replay, watcher);
  }

  ReplaySettings settings(int rows) {
    return settings(
        rows, topics, SinkFixture.properties(postgres), kafka.bootstrapServers(), registry);
  }

  static ReplaySettings settings(
      int rows,
      Topics topics,
      Map<String, String> properties,
      String bootstrapServers,
      SchemaRegistry registry) {
    Map<String, String> config = new HashMap<>(properties);
    config.put("name", topics.sinkConnector());
    config.put("riffle.set", topics.set());
    SinkConfig sink = SinkConfig.from(config);
    return new ReplaySettings(
        sink.deployment(),
        sink.leaseLifetime(),
        topics,
        Layouts.load(),
        sink.database(),
        registry,
        Map.of("bootstrap.servers", bootstrapServers),
        new Batches(rows, Batches.USUAL.bytes()),
        new Backoff(Duration.ofMillis(20), Duration.ofMillis(200)),
        Duration.ofSeconds(20));
  }

  /** File 1, which all records are of. */
  void ledger() {
    execute(
        """
        INSERT INTO ccw.s3_manifest_files VALUES (1, 'manifest-1', 'STARTED', now(), now(), now());
        INSERT INTO riffle.manifests VALUES
          (1, 'b', 'f', 1, 0, 1, 'hash', 'LOADING', NULL, NULL, now(), now());
        INSERT INTO riffle.files (file_id, manifest_id, entry_index, file_name, type, merge, s3_key,
            state, attempt, discovered_at, changed_at)
          OVERRIDING SYSTEM VALUE
          VALUES (1, 1, 0, 'f', 'CARRIER', false, 'object-1', 'LOADING', 1, now(), now());
        INSERT INTO riffle.file_attempts (file_id, attempt) VALUES (1, 1);
        """);
  }

  /** All there is to see of a table, but when it was written. */
  List<String> contents(String table, String columns) {
    return rows("SELECT to_jsonb(t) - 'last_updated' FROM ccw." + table + " t ORDER BY " + columns);
  }

  List<String> claims() {
    return contents("carrier_claims", "clm_id");
  }

  List<String> lines() {
    return contents("carrier_claim_lines", "clm_id, line_num");
  }

  /** Settings of a run that gives up after so long. */
  ReplaySettings withPatience(Duration patience) {
    ReplaySettings usual = settings(1_000);
    return new ReplaySettings(
        usual.deployment(),
        usual.leaseLifetime(),
        usual.topics(),
        usual.layouts(),
        usual.database(),
        usual.registry(),
        usual.kafka(),
        usual.batch(),
        usual.retry(),
        patience);
  }

  void execute(String sql) {
    postgres.execute(sql);
  }

  List<String> rows(String query) {
    return postgres.rows(query);
  }

  String row(String query) {
    return rows(query).get(0);
  }

  @Override
  public void close() {
    sinks.forEach(LiveSink::close);
    producer.close();
  }
}
