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
import io.riffle.testing.HttpGate;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestRegistry;
import java.io.IOException;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The program itself on a real broker and registry: killed, robbed of its states, stopped. */
@ExtendWith({KafkaExtension.class, RegistryExtension.class})
@Tag("full")
@Tag("merge")
class MergeProcessorIT {
  private static final int PARTITIONS = 2;
  private static final int ATTEMPT = 1;
  private static final Duration CLEAN_RESTART = Duration.ofSeconds(30);

  private final TestKafka kafka;
  private final TestRegistry server;
  private final SchemaRegistry registry;
  private final Topics topics;
  private final WireReader wire;
  private final Map<Long, List<Given>> sets = new HashMap<>();
  private final Map<String, GivenAvro> writers = new HashMap<>();
  private final Map<String, int[]> delivered = new HashMap<>();
  private List<Layout> types = List.of(); // the merged one first, then what joins it

  @TempDir private Path folder;

  MergeProcessorIT(TestKafka kafka, TestRegistry server) {
    this.kafka = kafka;
    this.server = server;
    this.registry = server.client();
    this.topics = new Topics(kafka.uniqueName("it").replace('-', '_'));
    this.wire = new WireReader(registry, WireReader.WithoutFingerprint.REJECT);
  }

  /** One delivery of a record of a key. */
  private record Delivery(long key, Given record) {}

  @Test
  void mergesTheSameWhateverHappensToTheProcess() throws Exception {
    createTopics("CARRIER");
    List<Delivery> deliveries = deliveries(60);
    int third = deliveries.size() / 3;

    try (MergeProcess first = start()) {
      publish(deliveries.subList(0, third));
      kafka.awaitRecords(topics.merged(merged()), 20);
      publish(deliveries.subList(third, 2 * third));
      first.kill();
    }
    wipeStates();
    try (MergeProcess second = start()) {
      publish(deliveries.subList(2 * third, deliveries.size()));
      publishBarriers(ATTEMPT);
      awaitBarriers(1);
      checkContent();
      checkTotals();
      assertThat(second.terminate(CLEAN_RESTART.toSeconds())).as("exit code").isZero();
    }
    try (MergeProcess last = start()) {
      publishBarriers(ATTEMPT + 1);
      await().atMost(CLEAN_RESTART).untilAsserted(() -> assertThat(barriers(2)).isTrue());
      assertThat(last.terminate(CLEAN_RESTART.toSeconds())).as("exit code").isZero();
    }
  }

  @Test
  void personsMeetTheirFormerIdentities() throws Exception {
    createTopics("BENEFICIARY", "BENEFICIARY_HISTORY");
    publish(deliveries(20));
    publishBarriers(ATTEMPT);

    try (MergeProcess only = start()) {
      awaitBarriers(1);
      checkContent();
      checkTotals();
      assertThat(only.terminate(CLEAN_RESTART.toSeconds())).as("exit code").isZero();
    }
  }

  @Test
  void aRegistryThatFailsAtTheStartOrLaterIsWaitedFor() throws Exception {
    createTopics("CARRIER");
    List<Delivery> deliveries = deliveries(20);
    int half = deliveries.size() / 2;
    try (HttpGate gate = new HttpGate(server.url())) {
      gate.answer(503);
      try (MergeProcess only = start(gate.url())) {
        awaitLog("cause=\"503\"");
        gate.open();
        publish(deliveries.subList(0, half));
        kafka.awaitRecords(topics.merged(merged()), 5);

        gate.answer(401);
        publish(deliveries.subList(half, deliveries.size()));
        publishBarriers(ATTEMPT);
        awaitLog("cause=\"401\"");
        gate.open();
        awaitBarriers(1);
        checkContent();
        checkTotals();
        assertThat(only.terminate(CLEAN_RESTART.toSeconds())).as("exit code").isZero();
      }
    }
  }

  private void awaitLog(String text) {
    await(text)
        .atMost(Duration.ofMinutes(1))
        .until(() -> Files.readString(folder.resolve("log")).contains(text));
  }

  private void createTopics(String... names) {
    types = Stream.of(names).map(Layouts.load()::get).toList();
    types.forEach(type -> delivered.put(type.type(), new int[PARTITIONS]));
    Stream.concat(types.stream().map(topics::rif), outputs())
        .forEach(topic -> kafka.createTopic(topic, PARTITIONS));
  }

  private Stream<String> outputs() {
    return Stream.of(topics.merged(merged()), topics.parked(), topics.rejects());
  }

  private Layout merged() {
    return types.get(0);
  }

  private Layout typeOf(Given record) {
    return record.kind() == Given.Kind.HISTORY ? types.get(1) : merged();
  }

  /** Each type has one file. */
  private long file(Layout type) {
    return 1L + types.indexOf(type);
  }

  private MergeProcess start() {
    return start(server.url());
  }

  private MergeProcess start(URI registryUrl) {
    String names = types.stream().map(Layout::type).collect(Collectors.joining(","));
    return MergeProcess.start(topics.set(), names, kafka.bootstrapServers(), registryUrl, folder);
  }

  private List<Delivery> deliveries(int keys) {
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

  private void publish(List<Delivery> deliveries) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (Delivery delivery : deliveries) {
        Layout type = typeOf(delivery.record());
        Origin origin = new Origin(file(type), ATTEMPT, delivery.record().version(), 2, 1);
        GivenAvro.Raw raw =
            writer(type, delivery.key())
                .write(delivery.record(), origin, new Random(delivery.key()));
        byte[] key = ("" + delivery.key()).getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(topics.rif(type), null, key, raw.value());
        record.headers().add(raw.schema().header());
        delivered.get(type.type())[producer.send(record).get().partition()]++;
      }
    }
  }

  private GivenAvro writer(Layout type, long key) {
    return writers.computeIfAbsent(type.type() + key, name -> new GivenAvro(registry, type, key));
  }

  private void publishBarriers(int attempt) throws Exception {
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

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 0),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private void wipeStates() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void awaitBarriers(int ofEach) {
    await().atMost(Duration.ofSeconds(90)).until(() -> barriers(ofEach));
  }

  /** Whether each partition of each topic has that many barriers of each type. */
  private boolean barriers(int ofEach) {
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
  private void checkTotals() {
    outputs()
        .flatMap(topic -> barriers(topic).entrySet().stream())
        .forEach(of -> of.getValue().forEach(barrier -> checkTotals(of.getKey(), barrier)));
    long emitted =
        kafka.readAll(topics.merged(merged())).stream()
            .filter(record -> !decode(record).getSchema().getName().equals("MergedBarrier"))
            .count();
    long applied =
        barriers(topics.merged(merged())).values().stream()
            .flatMap(List::stream)
            .mapToLong(MergedBarrier::applied)
            .sum();
    assertThat(emitted).as("merged records").isEqualTo(applied);
  }

  private void checkTotals(int partition, MergedBarrier barrier) {
    assertThat(barrier.partition()).isEqualTo(partition);
    assertThat(barrier.seen()).isEqualTo(delivered.get(barrier.type())[partition]);
  }

  /** The newest merged and parked record of each key. */
  private void checkContent() {
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
    assertThat(kafka.readAll(topics.rejects())).hasSize(PARTITIONS * types.size());
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
