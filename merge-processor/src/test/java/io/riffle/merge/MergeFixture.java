package io.riffle.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.merge.topology.Given;
import io.riffle.merge.topology.GivenAvro;
import io.riffle.merge.topology.GivenRecords;
import io.riffle.merge.topology.MergedCheck;
import io.riffle.merge.topology.NaiveMerge;
import io.riffle.merge.topology.ParkedCheck;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.MergedBarrier;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Parked;
import io.riffle.schemas.control.RifBarrier;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.Decoding;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.WireReader;
import io.riffle.testing.ChildJvm;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Topics of one's own, generated records for them, the program as a process, and what must be on
 * the merged topics in the end. Deliveries are counted as they are published.
 */
final class MergeFixture {
  static final int PARTITIONS = 2;
  static final int ATTEMPT = 1;

  private final TestKafka kafka;
  private final TestRegistry server;
  private final SchemaRegistry registry;
  private final Topics topics;
  private final WireReader wire;
  private final Path folder;
  private final Map<Long, List<Given>> sets = new HashMap<>();
  private final Map<String, GivenAvro> writers = new HashMap<>();
  private final Map<String, int[]> delivered = new HashMap<>();
  private List<Layout> types = List.of(); // the merged one first, then what joins it

  /**
   * @param folder for states and logs
   */
  MergeFixture(TestKafka kafka, TestRegistry server, Path folder) {
    this.kafka = kafka;
    this.server = server;
    this.registry = server.client();
    this.topics = new Topics(kafka.uniqueName("it").replace('-', '_'));
    this.wire = new WireReader(registry, WireReader.WithoutFingerprint.REJECT);
    this.folder = folder;
  }

  /** One delivery of a record of a key. */
  record Delivery(long key, Given record) {}

  TestKafka kafka() {
    return kafka;
  }

  Topics topics() {
    return topics;
  }

  SchemaRegistry registry() {
    return registry;
  }

  Path folder() {
    return folder;
  }

  /** Lets this time pass. */
  static void pass(Duration time) {
    await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
  }

  URI registryUrl() {
    return server.url();
  }

  String mergedTopic() {
    return topics.merged(merged());
  }

  /** What the processes said, all of them. */
  String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitLog(String text) {
    awaitLog(text, 1);
  }

  /** Waits until a text stands so many times in the log. */
  void awaitLog(String text, int times) {
    await(text)
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> log().split(Pattern.quote(text), -1).length > times);
  }

  void createTopics(String... names) {
    types = Stream.of(names).map(Layouts.load()::get).toList();
    types.forEach(type -> delivered.put(type.type(), new int[PARTITIONS]));
    Stream.concat(types.stream().map(topics::rif), outputs())
        .forEach(topic -> kafka.createTopic(topic, PARTITIONS));
  }

  Stream<String> outputs() {
    return Stream.of(topics.merged(merged()), topics.parked(), topics.rejects());
  }

  Layout merged() {
    return types.get(0);
  }

  private Layout typeOf(Given record) {
    return record.kind() == Given.Kind.HISTORY ? types.get(1) : merged();
  }

  /** Each type has one file. */
  private long file(Layout type) {
    return 1L + types.indexOf(type);
  }

  ChildJvm start() {
    return start(Map.of());
  }

  ChildJvm start(URI registryUrl) {
    return start(Map.of("RIFFLE_REGISTRY_URL", registryUrl.toString()));
  }

  /** Starts the program; {@code more} wins over what the tests need. */
  ChildJvm start(Map<String, String> more, String... jvmOptions) {
    Map<String, String> settings = settings();
    settings.putAll(more);
    List<String> options =
        new ArrayList<>(List.of("-Xmx256m", "-Dlogback.configurationFile=logback.xml"));
    options.addAll(List.of(jvmOptions));
    return ChildJvm.start(
        options, List.of(MergeProcessor.class.getName()), settings, folder.resolve("log"));
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("RIFFLE_SET", topics.set());
    settings.put("RIFFLE_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    settings.put("RIFFLE_REGISTRY_URL", server.url().toString());
    settings.put(
        "RIFFLE_MERGE_TYPES", types.stream().map(Layout::type).collect(Collectors.joining(",")));
    settings.put("RIFFLE_MERGE_THREADS", "1");
    settings.put("RIFFLE_MERGE_INSTANCE_ID", "it");
    settings.put("RIFFLE_MERGE_COMMIT_INTERVAL", "200ms");
    settings.put("RIFFLE_MERGE_TRANSACTION_TIMEOUT", "8s");
    settings.put("RIFFLE_MERGE_BLOCK_CACHE", "32MiB");
    settings.put("RIFFLE_MERGE_WRITE_BUFFERS", "16MiB");
    settings.put("RIFFLE_MERGE_STATE_DIR", stateFolder().toString());
    return settings;
  }

  Path stateFolder() {
    return folder.resolve("state");
  }

  List<Delivery> deliveries(int keys) {
    List<Delivery> all = new ArrayList<>();
    for (long key = -keys; key < 0; key++) {
      GivenRecords records = new GivenRecords(key, merged());
      List<Given> set = records.set();
      sets.put(key, set);
      for (Given record : records.deliveries(set)) {
        all.add(new Delivery(key, record));
      }
    }
    Collections.shuffle(all, new Random(keys));
    return all;
  }

  void publish(List<Delivery> deliveries) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      Map<Layout, List<Future<RecordMetadata>>> sent = new HashMap<>();
      for (Delivery delivery : deliveries) {
        Layout type = typeOf(delivery.record());
        Random random = new Random(delivery.key());
        GivenAvro.Raw raw =
            writer(type, delivery.key()).write(delivery.record(), origin(delivery), random);
        sent.computeIfAbsent(type, added -> new ArrayList<>())
            .add(send(producer, type, delivery.key(), raw));
      }
      for (Map.Entry<Layout, List<Future<RecordMetadata>>> ofType : sent.entrySet()) {
        for (Future<RecordMetadata> one : ofType.getValue()) {
          delivered.get(ofType.getKey().type())[one.get().partition()]++;
        }
      }
    }
  }

  private Origin origin(Delivery delivery) {
    return new Origin(file(typeOf(delivery.record())), ATTEMPT, delivery.record().version(), 2, 1);
  }

  private Future<RecordMetadata> send(
      KafkaProducer<byte[], byte[]> producer, Layout type, long key, GivenAvro.Raw raw) {
    byte[] bytes = ("" + key).getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topics.rif(type), null, bytes, raw.value());
    record.headers().add(raw.schema().header());
    return producer.send(record);
  }

  /** One full record for each of so many keys that {@link #deliveries} does not use. */
  void publishMany(int keys) throws Exception {
    Given record = new GivenRecords(keys, merged()).fullRecord();
    GivenAvro writer = new GivenAvro(registry, merged(), 0);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (long key = -1_000_000L - keys; key < -1_000_000L; key++) {
        Origin origin = new Origin(file(merged()), ATTEMPT, record.version(), 2, 1);
        GivenAvro.Raw raw = writer.write(record, key, origin, new Random(key));
        sent.add(send(producer, merged(), key, raw));
      }
      for (Future<RecordMetadata> one : sent) {
        delivered.get(merged().type())[one.get().partition()]++;
      }
    }
  }

  private GivenAvro writer(Layout type, long key) {
    return writers.computeIfAbsent(type.type() + key, name -> new GivenAvro(registry, type, key));
  }

  void publishBarriers(int attempt) throws Exception {
    for (Layout type : types) {
      publishBarriers(type, attempt);
    }
  }

  private void publishBarriers(Layout type, int attempt) throws Exception {
    SchemaHandle schema =
        SchemaHandle.register(registry, "barrier", ControlCodec.of(RifBarrier.class).schema());
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int p = 0; p < PARTITIONS; p++) {
        int records = delivered.get(type.type())[p];
        RifBarrier barrier = new RifBarrier(file(type), attempt, p, PARTITIONS, records);
        byte[] value = AvroBytes.encode(schema, ControlCodec.of(RifBarrier.class).toAvro(barrier));
        byte[] key =
            ("barrier/" + file(type) + "/" + attempt + "/" + p).getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(topics.rif(type), p, key, value);
        record.headers().add(schema.header());
        producer.send(record).get();
      }
    }
  }

  KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 0),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  void wipeStates() throws IOException {
    try (Stream<Path> files = Files.walk(stateFolder())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The same as {@link #awaitBarriers} without reading what is merged: its topic may be long. */
  void awaitParkedBarriers(int ofEach) {
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> hasBarriers(topics.parked(), ofEach * types.size()));
  }

  void awaitBarriers(int ofEach) {
    await().atMost(Duration.ofSeconds(90)).until(() -> barriers(ofEach));
  }

  /** Whether each partition of each topic has that many barriers of each type. */
  boolean barriers(int ofEach) {
    return outputs().allMatch(topic -> hasBarriers(topic, ofEach * types.size()));
  }

  private boolean hasBarriers(String topic, int count) {
    return barriers(topic).values().stream().allMatch(found -> found.size() == count);
  }

  private Map<Integer, List<MergedBarrier>> barriers(String topic) {
    Map<Integer, List<MergedBarrier>> barriers = new HashMap<>();
    for (int p = 0; p < PARTITIONS; p++) {
      barriers.put(p, new ArrayList<>());
    }
    for (ConsumerRecord<byte[], byte[]> record : kafka.readAll(topic)) {
      GenericRecord value = decode(record);
      if (value.getSchema().getName().equals("MergedBarrier")) {
        barriers.get(record.partition()).add(ControlCodec.of(MergedBarrier.class).fromAvro(value));
      }
    }
    return barriers;
  }

  /** Every delivery was counted once, kill or not. */
  void checkTotals() {
    outputs()
        .flatMap(topic -> barriers(topic).entrySet().stream())
        .forEach(of -> of.getValue().forEach(barrier -> checkTotals(of.getKey(), barrier)));
    long emitted = emitted();
    long applied =
        barriers(topics.merged(merged())).values().stream()
            .flatMap(List::stream)
            .mapToLong(MergedBarrier::applied)
            .sum();
    assertThat(emitted).as("merged records").isEqualTo(applied);
  }

  /** Records that were merged so far. */
  long emitted() {
    return withoutBarriers(mergedTopic());
  }

  private long withoutBarriers(String topic) {
    return kafka.readAll(topic).stream()
        .filter(record -> !decode(record).getSchema().getName().equals("MergedBarrier"))
        .count();
  }

  private void checkTotals(int partition, MergedBarrier barrier) {
    assertThat(barrier.partition()).isEqualTo(partition);
    assertThat(barrier.seen()).isEqualTo(delivered.get(barrier.type())[partition]);
  }

  /** The newest merged and parked record of each key. */
  void checkContent() {
    Map<String, GenericRecord> merged = newest(topics.merged(merged()));
    Map<String, GenericRecord> parked = newest(topics.parked());
    sets.forEach(
        (key, set) -> {
          NaiveMerge expected = new NaiveMerge(set, merged());
          new MergedCheck(merged(), expected, key)
              .checkContent(Optional.ofNullable(merged.get("" + key)));
          new ParkedCheck(merged(), expected, record -> file(typeOf(record)))
              .check(
                  Optional.ofNullable(parked.get(merged().type() + "|" + key))
                      .map(ControlCodec.of(Parked.class)::fromAvro));
        });
    assertThat(withoutBarriers(topics.rejects())).isZero();
  }

  private Map<String, GenericRecord> newest(String topic) {
    Map<String, GenericRecord> newest = new HashMap<>();
    kafka
        .readAll(topic)
        .forEach(
            record -> newest.put(new String(record.key(), StandardCharsets.UTF_8), decode(record)));
    return newest;
  }

  private GenericRecord decode(ConsumerRecord<byte[], byte[]> record) {
    Decoding decoding = wire.decode(record.value(), record.headers());
    return ((Decoding.Decoded) decoding).record();
  }
}
