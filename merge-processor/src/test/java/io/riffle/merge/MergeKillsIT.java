package io.riffle.merge;

import static io.riffle.merge.MergeFixture.ATTEMPT;
import static io.riffle.merge.MergeFixture.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.merge.MergeFixture.Delivery;
import io.riffle.testing.ChildJvm;
import io.riffle.testing.HttpGate;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.NamedPoint;
import io.riffle.testing.NamedPoint.Call;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Killed, frozen, stopped and held up at many moments: what is merged and counted is the same. */
@ExtendWith({KafkaExtension.class, RegistryExtension.class})
@Tag("full")
@Tag("kills")
class MergeKillsIT {
  private static final String READY = "state=\"RUNNING\"";
  private static final String RESTORED = "State restored";
  private static final long TERM_SECONDS = 30;

  /** A part of a state is back, and no state is whole. */
  private static final Call RESTORE = new Call("io.riffle.merge.RestoreLog", "onBatchRestored", 1);

  private final MergeFixture merge;

  MergeKillsIT(TestKafka kafka, TestRegistry server, @TempDir Path folder) {
    this.merge = new MergeFixture(kafka, server, folder);
    merge.createTopics("CARRIER");
  }

  @Test
  void tenTimesAtRandomMoments() throws Exception {
    Random random = new Random(10);
    List<Delivery> deliveries = merge.deliveries(150);
    int slice = deliveries.size() / 11;
    for (int kill = 0; kill < 10; kill++) {
      try (ChildJvm process = merge.start()) {
        merge.awaitLog(READY, kill + 1);
        merge.publish(deliveries.subList(kill * slice, (kill + 1) * slice));
        pass(Duration.ofMillis(random.nextInt(1_200)));
        process.kill();
      }
    }
    endsAsIfNothingHadHappened(deliveries.subList(10 * slice, deliveries.size()));
  }

  /** A state that outlives a kill may hold what was never committed (KAFKA-20685). */
  @Test
  void rightAfterARestoreIsOver() throws Exception {
    List<Delivery> deliveries = merge.deliveries(120);
    int slice = deliveries.size() / 5;
    for (int kill = 0; kill < 4; kill++) {
      try (ChildJvm process = merge.start()) {
        merge.awaitLog(READY, kill + 1);
        merge.publish(deliveries.subList(kill * slice, (kill + 1) * slice));
        pass(Duration.ofMillis(150L * kill));
        process.kill();
      }
    }
    assertThat(merge.log()).contains(RESTORED);
    endsAsIfNothingHadHappened(deliveries.subList(4 * slice, deliveries.size()));
  }

  @Test
  void inTheMiddleOfARestore() throws Exception {
    List<Delivery> deliveries = merge.deliveries(100);
    int half = deliveries.size() / 2;
    fillAndKill(deliveries.subList(0, half));
    for (int kill = 0; kill < 2; kill++) {
      try (NamedPoint restoring = NamedPoint.at(RESTORE);
          ChildJvm process = merge.start(Map.of(), restoring.jvmOption())) {
        restoring.reach();
        process.kill();
      }
    }
    assertThat(merge.log()).doesNotContain(RESTORED);
    endsAsIfNothingHadHappened(deliveries.subList(half, deliveries.size()));
    assertThat(merge.log()).contains(RESTORED);
  }

  /** Longer than its transaction and its session last. */
  @Test
  void frozenForLongerThanItsTransaction() throws Exception {
    survives(
        Map.of("RIFFLE_MERGE_SESSION_TIMEOUT", "6s"),
        process -> {
          process.freeze();
          pass(Duration.ofSeconds(12));
          process.resume();
        });
  }

  /** The broker keeps its connections open and answers nothing for half a minute. */
  @Test
  void aBrokerThatIsFrozenForHalfAMinute() throws Exception {
    survives(
        Map.of(),
        process -> {
          merge.kafka().freeze();
          try {
            pass(Duration.ofSeconds(30));
          } finally {
            merge.kafka().resume();
          }
        });
  }

  @Test
  void aBrokerThatIsKilledUnderLoad() throws Exception {
    Duration rest =
        survives(
            Map.of(),
            process -> {
              merge.kafka().kill();
              merge.kafka().restart();
            });
    assertThat(rest).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void anOpenTransactionOfSomebodyElseIsWaitedFor() throws Exception {
    List<Delivery> deliveries = merge.deliveries(40);
    try (ChildJvm process = merge.start();
        KafkaProducer<byte[], byte[]> foreign = foreign()) {
      merge.awaitLog(READY);
      open(foreign, merge.topics().rif(merge.merged()));
      merge.publish(deliveries);
      awaitToldOf(merge.topics().rif(merge.merged()));
      assertThat(merge.kafka().readAll(merge.mergedTopic())).isEmpty();
      foreign.abortTransaction();
      merge.awaitLog("goes on");
      endsAsIfNothingHadHappened(process);
    }
  }

  /** The sink waits there without a word, as all readers of committed records do. */
  @Test
  void anOpenTransactionThatOnlyTheSinkMeetsIsToldToo() throws Exception {
    List<Delivery> deliveries = merge.deliveries(40);
    try (ChildJvm process = merge.start();
        KafkaProducer<byte[], byte[]> foreign = foreign()) {
      merge.awaitLog(READY);
      open(foreign, merge.mergedTopic());
      merge.publish(deliveries);
      awaitToldOf(merge.mergedTopic());
      foreign.abortTransaction();
      merge.awaitLog("goes on");
      endsAsIfNothingHadHappened(process);
    }
  }

  @Test
  void sigtermInTheMiddleOfARestore() throws Exception {
    fillAndKill(merge.deliveries(100));
    try (NamedPoint restoring = NamedPoint.at(RESTORE);
        ChildJvm process = merge.start(Map.of(), restoring.jvmOption())) {
      restoring.reach();
      process.signalEnd();
      restoring.release();
      assertThat(process.awaitEnd(TERM_SECONDS)).isZero();
    }
    endsAsIfNothingHadHappened(List.of());
  }

  @Test
  void sigtermUnderLoad() throws Exception {
    List<Delivery> deliveries = merge.deliveries(150);
    int half = deliveries.size() / 2;
    try (ChildJvm process = merge.start()) {
      merge.awaitLog(READY);
      merge.publish(deliveries.subList(0, half));
      assertThat(process.terminate(TERM_SECONDS)).isZero();
    }
    endsAsIfNothingHadHappened(deliveries.subList(half, deliveries.size()));
  }

  @Test
  void sigtermWhileItWaitsForTheRegistry() throws Exception {
    try (HttpGate gate = new HttpGate(merge.registryUrl())) {
      gate.answer(503);
      try (ChildJvm process = merge.start(gate.url())) {
        merge.awaitLog("cause=\"503\"");
        assertThat(process.terminate(TERM_SECONDS)).isZero();
      }
    }
  }

  /** What is done to the process, or to its neighbours, between two halves of the deliveries. */
  private interface Disturbance {
    void of(ChildJvm process) throws Exception;
  }

  /** Returns how long it took from the end of the disturbance to that of the process. */
  private Duration survives(Map<String, String> settings, Disturbance disturbance)
      throws Exception {
    List<Delivery> deliveries = merge.deliveries(100);
    int half = deliveries.size() / 2;
    try (ChildJvm process = merge.start(settings)) {
      merge.awaitLog(READY);
      merge.publish(deliveries.subList(0, half));
      disturbance.of(process);
      long over = System.nanoTime();
      merge.publish(deliveries.subList(half, deliveries.size()));
      endsAsIfNothingHadHappened(process);
      return Duration.ofNanos(System.nanoTime() - over);
    }
  }

  private void fillAndKill(List<Delivery> deliveries) throws Exception {
    try (ChildJvm first = merge.start()) {
      merge.publish(deliveries);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> merge.kafka().readAll(merge.mergedTopic()).size() > deliveries.size() / 4);
      first.kill();
    }
  }

  private void endsAsIfNothingHadHappened(List<Delivery> rest) throws Exception {
    try (ChildJvm last = merge.start()) {
      merge.publish(rest);
      endsAsIfNothingHadHappened(last);
    }
  }

  private void endsAsIfNothingHadHappened(ChildJvm process) throws Exception {
    merge.publishBarriers(ATTEMPT);
    merge.awaitBarriers(1);
    merge.checkContent();
    merge.checkTotals();
    assertThat(process.terminate(TERM_SECONDS)).as("exit code").isZero();
  }

  private void open(KafkaProducer<byte[], byte[]> foreign, String topic) throws Exception {
    foreign.beginTransaction();
    byte[] value = "not Riffle's".getBytes(StandardCharsets.UTF_8);
    for (int partition = 0; partition < MergeFixture.PARTITIONS; partition++) {
      foreign.send(new ProducerRecord<>(topic, partition, value, value)).get();
    }
  }

  private void awaitToldOf(String topic) {
    merge.awaitLog("cause=\"OPEN_TRANSACTION\"");
    assertThat(merge.log()).contains(topic + "-0 from offset 0");
  }

  private KafkaProducer<byte[], byte[]> foreign() {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                merge.kafka().bootstrapServers(),
                "transactional.id",
                merge.topics().set() + "-foreign",
                "transaction.timeout.ms",
                120_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }
}
