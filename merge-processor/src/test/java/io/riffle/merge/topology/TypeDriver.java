package io.riffle.merge.topology;

import io.riffle.config.Settings;
import io.riffle.merge.MergeConfig;
import io.riffle.merge.StreamsSettings;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Redriven;
import io.riffle.schemas.control.RifBarrier;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.topics.Topics;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.Decoding;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.WireReader;
import io.riffle.testing.InMemoryRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The topology of one small type, and one that joins it, in Kafka's test driver, with the
 * properties of production.
 */
final class TypeDriver implements AutoCloseable {
  private static final Topics TOPICS = new Topics("test");

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final Layout layout;
  private final WireReader wire = new WireReader(registry, WireReader.WithoutFingerprint.REJECT);
  private final TopologyTestDriver driver;
  private final Topology topology;
  private final Map<Layout, TestInputTopic<byte[], byte[]>> raw = new HashMap<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  TypeDriver(Path stateDir, int maxRecordBytes) {
    this(stateDir, maxRecordBytes, SmallLayout.withLines());
  }

  TypeDriver(Path stateDir, int maxRecordBytes, Layout layout, Layout... joining) {
    this.layout = layout;
    List<Layout> layouts = new ArrayList<>(List.of(joining));
    layouts.add(layout);
    StreamsConfig config = StreamsSettings.of(config(stateDir));
    this.topology = new MergeTopology(TOPICS, registry, maxRecordBytes).build(layouts, config);
    Properties properties = new Properties();
    properties.putAll(StreamsSettings.properties(config(stateDir)));
    this.driver = new TopologyTestDriver(topology, properties);
    layouts.forEach(type -> raw.put(type, input(type)));
  }

  private TestInputTopic<byte[], byte[]> input(Layout type) {
    return driver.createInputTopic(
        TOPICS.rif(type), new ByteArraySerializer(), new ByteArraySerializer());
  }

  TopologyDescription topology() {
    return topology.describe();
  }

  static MergeConfig config(Path stateDir) {
    return MergeConfig.from(
        Settings.of(
            Map.of(
                "kafka.bootstrap-servers", "unused:9092",
                "registry.url", "http://unused",
                "merge.state-dir", stateDir.toString())));
  }

  InMemoryRegistry registry() {
    return registry;
  }

  void send(long key, Given record, int attempt) {
    send(layout, key, record, attempt);
  }

  /** Sends a record to the topic of a type. */
  void send(Layout type, long key, Given record, int attempt) {
    GivenAvro.Raw value = new GivenAvro(registry, type, key).write(record, attempt, new Random(1));
    send(type, "" + key, value.value(), headers(value.schema()));
  }

  /** Sends a record that is delivered again because it was rejected behind the merge. */
  void redrive(long key, Given record, int attempt) {
    GivenAvro.Raw value =
        new GivenAvro(registry, layout, key).write(record, attempt, new Random(1));
    Headers marked = headers(value.schema()).add(Redriven.header());
    send(layout, "" + key, value.value(), marked);
  }

  void barrier(long file, int attempt, long records) {
    barrier(layout, file, attempt, records);
  }

  /** Sends a barrier to the topic of a type. */
  void barrier(Layout type, long file, int attempt, long records) {
    SchemaHandle schema =
        SchemaHandle.register(registry, "barrier", ControlCodec.of(RifBarrier.class).schema());
    RifBarrier barrier = new RifBarrier(file, attempt, 0, 2, records);
    byte[] value = AvroBytes.encode(schema, ControlCodec.of(RifBarrier.class).toAvro(barrier));
    send(type, "barrier/" + file + "/" + attempt + "/0", value, headers(schema));
  }

  private static Headers headers(SchemaHandle schema) {
    Headers headers = new RecordHeaders();
    headers.add(schema.header());
    return headers;
  }

  void send(String key, byte[] value, SchemaHandle schema) {
    send(key, value, headers(schema));
  }

  void send(String key, byte[] value, Headers headers) {
    send(layout, key, value, headers);
  }

  /** Sends a value to the topic of a type. */
  void send(Layout type, String key, byte[] value, Headers headers) {
    now = now.plusSeconds(1);
    raw.get(type).pipeInput(new TestRecord<>(bytes(key), value, headers, now));
  }

  void later(Duration by) {
    now = now.plus(by);
  }

  /** A record on an output topic. */
  record Out(String key, GenericRecord value) {
    String name() {
      return value.getSchema().getFullName();
    }

    <T extends Record> T as(Class<T> type) {
      return ControlCodec.of(type).fromAvro(value);
    }

    GenericRecord envelope() {
      return (GenericRecord) value.get(RecordSchemas.MERGE);
    }
  }

  List<Out> merged() {
    return read(TOPICS.merged(layout));
  }

  List<Out> parked() {
    return read(TOPICS.parked());
  }

  List<Out> rejects() {
    return read(TOPICS.rejects());
  }

  private List<Out> read(String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList()
        .stream()
        .map(this::decode)
        .toList();
  }

  private Out decode(TestRecord<byte[], byte[]> record) {
    Decoding decoding = wire.decode(record.value(), record.headers());
    String key = new String(record.key(), StandardCharsets.UTF_8);
    return new Out(key, ((Decoding.Decoded) decoding).record());
  }

  private static byte[] bytes(String key) {
    return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    driver.close();
  }
}
