package io.riffle.sink;

import io.riffle.config.Secret;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.topics.Topics;
import io.riffle.sink.rebuild.Progress;
import io.riffle.sink.rebuild.Rebuild;
import io.riffle.sink.rebuild.RebuildSettings;
import io.riffle.sink.rebuild.SwapTimes;
import io.riffle.sink.rebuild.TopicRange;
import io.riffle.sink.record.SinkTopic;
import io.riffle.sink.write.DatabaseConfig;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;

/** A sink of a set of its own, whose log in memory has a copy on a real broker. */
final class RebuildFixture implements AutoCloseable {
  static final String CONNECTOR = "main-db-sink";
  static final SwapTimes PROMPT =
      new SwapTimes(Duration.ofMillis(300), Duration.ofMillis(500), Duration.ofSeconds(40));

  final SinkFixture sink;
  private final TestKafka kafka;
  private final String set;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<TopicPartition, Long> published = new ConcurrentHashMap<>();

  RebuildFixture(TestPostgres server, TestKafka kafka) {
    this.sink = new SinkFixture(server);
    this.kafka = kafka;
    this.set = "s" + UUID.randomUUID().toString().replace('-', 'x').substring(0, 12);
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** The partitions of a type's topic, which is made. */
  List<TopicPartition> topic(Layout layout, int partitions) {
    String name = topicOf(layout);
    kafka.createTopic(name, partitions);
    sink.log.id(name, topicId(name));
    sink.log.partitions(partitions);
    List<TopicPartition> all = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      all.add(new TopicPartition(name, i));
      published.put(all.get(i), 0L);
    }
    return all;
  }

  private String topicOf(Layout layout) {
    return new Topics(set).merged(layout);
  }

  private UUID topicId(String name) {
    try {
      Uuid id =
          kafka.admin().describeTopics(List.of(name)).allTopicNames().get().get(name).topicId();
      return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  TestWorker worker() {
    return sink.worker(Map.of("riffle.set", set)).atOnce(5000);
  }

  /** Brings the broker to where the log in memory is. */
  void publish() {
    published.replaceAll(
        (partition, from) -> {
          for (SinkRecord record : sink.log.from(partition, from, Integer.MAX_VALUE)) {
            Future<RecordMetadata> unused = producer.send(copy(partition, record));
          }
          return sink.log.end(partition);
        });
    producer.flush();
  }

  private static ProducerRecord<byte[], byte[]> copy(TopicPartition partition, SinkRecord record) {
    ProducerRecord<byte[], byte[]> copy =
        new ProducerRecord<>(
            partition.topic(),
            partition.partition(),
            (byte[]) record.key(),
            (byte[]) record.value());
    for (Header header : record.headers()) {
      copy.headers().add(new RecordHeader(header.key(), (byte[]) header.value()));
    }
    return copy;
  }

  Rebuild rebuild(long id, Layout layout) {
    return rebuild(id, layout, PROMPT);
  }

  Rebuild rebuild(long id, Layout layout, SwapTimes times) {
    return rebuild(id, layout, settings(times, 100));
  }

  /** What stands in the way of one. */
  List<String> obstacles(Layout layout) throws SQLException {
    try (Connection connection = sink.postgres.connect()) {
      return Rebuild.obstacles(connection, layout, "ccw");
    }
  }

  /** What {@link RebuildProcess} is told. */
  List<String> arguments(long id, Layout layout) {
    String name = topicOf(layout);
    List<String> arguments = new ArrayList<>();
    arguments.add(Long.toString(id));
    arguments.add(sink.postgres.jdbcUrl());
    arguments.add(sink.postgres.username());
    arguments.add(kafka.bootstrapServers());
    arguments.add(set);
    arguments.add(topicId(name).toString());
    published.keySet().stream()
        .filter(partition -> partition.topic().equals(name))
        .sorted(Comparator.comparingInt(TopicPartition::partition))
        .forEach(partition -> arguments.add(Long.toString(stored(partition))));
    return arguments;
  }

  Rebuild rebuild(long id, Layout layout, RebuildSettings settings) {
    String name = topicOf(layout);
    List<TopicRange> ranges = new ArrayList<>();
    for (TopicPartition partition : published.keySet()) {
      if (partition.topic().equals(name)) {
        ranges.add(new TopicRange(partition, topicId(name), 0, stored(partition)));
      }
    }
    SinkTopic topic = SinkTopic.of(name, new Topics(set), Layouts.load()).orElseThrow();
    return new Rebuild(id, topic, ranges, settings, sink.registry);
  }

  RebuildSettings settings(SwapTimes times, int chunkRows) {
    return new RebuildSettings(
        database(),
        Map.of("bootstrap.servers", kafka.bootstrapServers()),
        CONNECTOR,
        2,
        chunkRows,
        32 << 20,
        times);
  }

  private DatabaseConfig database() {
    return new DatabaseConfig(
        sink.postgres.jdbcUrl(),
        sink.postgres.username(),
        Secret.of(sink.postgres.password()),
        "ccw",
        "test",
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        Duration.ofSeconds(90));
  }

  private long stored(TopicPartition partition) {
    return Long.parseLong(
        sink.row(
            "SELECT coalesce(max(next), 0) FROM riffle.sink_offsets WHERE topic = '"
                + partition.topic()
                + "' AND partition = "
                + partition.partition()));
  }

  /** All rows of a table, but for what no record decides. */
  List<String> dump(String table) {
    String columns =
        sink.row(
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
                + " WHERE attrelid = 'ccw."
                + table
                + "'::regclass AND attnum > 0 AND NOT attisdropped"
                + " AND attname NOT IN ('last_updated', 'bene_history_id')");
    return sink.rows("SELECT (ROW(" + columns + "))::text FROM ccw." + table + " ORDER BY 1");
  }

  /** For those who do not want to know how far it is. */
  static void silent(Progress progress) {}

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    sink.close();
  }
}
