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
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestRegistry;
import java.io.IOException;
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
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The program itself on a real broker and registry: killed, robbed of its states, stopped. */
@ExtendWith({KafkaExtension.class, RegistryExtension.class})
class MergeProcessorIT {
  private static final int PARTITIONS = 2;
  private static final int KEYS = 60;
  private static final long FILE = 1;
  private static final int ATTEMPT = 1;
  private static final Duration CLEAN_RESTART = Duration.ofSeconds(30);

  private final Layout carrier = Layouts.load().get("CARRIER");
  private final TestKafka kafka;
  private final TestRegistry server;
  private final SchemaRegistry registry;
  private final Topics topics;
  private final WireReader wire;
  private final Map<Long, List<Given>> sets = new HashMap<>();
  private final Map<Long, GivenAvro> writers = new HashMap<>();
  private final int[] delivered = new int[PARTITIONS];

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
    Stream.of(topics.rif(carrier), topics.merged(carrier), topics.parked(), topics.rejects())
        .forEach(topic -> kafka.createTopic(topic, PARTITIONS));
    List<Delivery> deliveries = deliveries();
    int third = deliveries.size() / 3;

    try (MergeProcess first = start()) {
      publish(deliveries.subList(0, third));
      kafka.awaitRecords(topics.merged(carrier), 20);
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

  private MergeProcess start() {
    return MergeProcess.start(topics.set(), kafka.bootstrapServers(), server.url(), folder);
  }

  private List<Delivery> deliveries() {
    List<Delivery> all = new ArrayList<>();
    for (long key = -KEYS; key < 0; key++) {
      GivenRecords records = new GivenRecords(key, carrier);
      List<Given> set = records.set();
      sets.put(key, set);
      for (Given record : records.deliveries(set)) {
        all.add(new Delivery(key, record));
      }
    }
    Collections.shuffle(all, new Random(KEYS));
    return all;
  }

  private void publish(List<Delivery> deliveries) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (Delivery delivery : deliveries) {
        Origin origin = new Origin(FILE, ATTEMPT, delivery.record().version(), 2, 1);
        GivenAvro.Raw raw =
            writer(delivery.key()).write(delivery.record(), origin, new Random(delivery.key()));
        byte[] key = ("" + delivery.key()).getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(topics.rif(carrier), null, key, raw.value());
        record.headers().add(raw.schema().header());
        delivered[producer.send(record).get().partition()]++;
      }
    }
  }

  private GivenAvro writer(long key) {
    return writers.computeIfAbsent(key, k -> new GivenAvro(registry, carrier, k));
  }

  private void publishBarriers(int attempt) throws Exception {
    SchemaHandle schema =
        SchemaHandle.register(registry, "barrier", ControlCodec.of(RifBarrier.class).schema());
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int p = 0; p < PARTITIONS; p++) {
        RifBarrier barrier = new RifBarrier(FILE, attempt, p, PARTITIONS, delivered[p]);
        byte[] value = AvroBytes.encode(schema, ControlCodec.of(RifBarrier.class).toAvro(barrier));
        byte[] key = ("barrier/" + FILE + "/" + attempt + "/" + p).getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(topics.rif(carrier), p, key, value);
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

  /** Whether each partition of each topic has that many barriers. */
  private boolean barriers(int ofEach) {
    return Stream.of(topics.merged(carrier), topics.parked(), topics.rejects())
        .allMatch(topic -> barriers(topic).values().stream().allMatch(n -> n.size() == ofEach));
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
    Stream.of(topics.merged(carrier), topics.parked(), topics.rejects())
        .forEach(
            topic ->
                barriers(topic)
                    .forEach(
                        (partition, found) -> {
                          assertThat(found.get(0).partition()).isEqualTo(partition);
                          assertThat(found.get(0).seen()).isEqualTo(delivered[partition]);
                        }));
    long emitted =
        kafka.readAll(topics.merged(carrier)).stream()
            .filter(record -> !decode(record).getSchema().getName().equals("MergedBarrier"))
            .count();
    long applied =
        barriers(topics.merged(carrier)).values().stream()
            .mapToLong(found -> found.get(0).applied())
            .sum();
    assertThat(emitted).as("merged records").isEqualTo(applied);
  }

  /** The newest merged and parked record of each key. */
  private void checkContent() {
    Map<String, GenericRecord> merged = newest(topics.merged(carrier));
    Map<String, GenericRecord> parked = newest(topics.parked());
    sets.forEach(
        (key, set) -> {
          NaiveMerge expected = new NaiveMerge(set, carrier);
          new MergedCheck(carrier, expected, key)
              .checkContent(Optional.ofNullable(merged.get("" + key)));
          new ParkedCheck(carrier, expected, record -> FILE)
              .check(
                  Optional.ofNullable(parked.get("CARRIER|" + key))
                      .map(ControlCodec.of(Parked.class)::fromAvro));
        });
    assertThat(kafka.readAll(topics.rejects())).hasSize(PARTITIONS);
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
