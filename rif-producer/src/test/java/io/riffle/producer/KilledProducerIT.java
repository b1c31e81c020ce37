package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.schemas.layout.Layouts;
import io.riffle.testing.ChildJvm;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.NamedPoint;
import io.riffle.testing.NamedPoint.Call;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The process killed, frozen, doubled and told to end: each record and each barrier once. */
@ExtendWith({
  KafkaExtension.class,
  PostgresExtension.class,
  S3Extension.class,
  RegistryExtension.class
})
@Tag("full")
@Tag("kills")
final class KilledProducerIT {

  private static final String FILE = "pde.csv";
  private static final int RECORDS = 12_000;
  private static final int SPLITS = 200;
  private static final long TERM_SECONDS = 30;
  private static final String REPLY_TO_COMMIT =
      "org.apache.kafka.clients.producer.internals.TransactionManager$EndTxnHandler";

  private final ProducerStack stack;
  private final Path folder;

  KilledProducerIT(
      TestKafka kafka,
      TestPostgres postgres,
      TestS3 s3,
      TestRegistry registry,
      @TempDir Path folder) {
    this.stack = new ProducerStack(kafka, postgres, s3, registry);
    this.folder = folder;
  }

  @Test
  void twentyTimesInTheMiddleOfItsTransactions() throws Exception {
    Random random = new Random(20);
    upload(RECORDS);
    for (int kill = 0; kill < 20; kill++) {
      int before = splitsDone();
      try (ChildJvm process = start("scanner,worker")) {
        awaitSplits(before + 1);
        pass(Duration.ofMillis(random.nextInt(250)));
        process.kill();
      }
    }
    assertThat(splitsDone()).isLessThan(SPLITS);
    endsAsIfNothingHadHappened(RECORDS);
  }

  /** The broker has decided and the process does not know. */
  @ParameterizedTest
  @CsvSource({"scanner, 1, 0", "worker, 3, 3"})
  void betweenACommitAndItsReply(String role, int commits, int splits) throws Exception {
    upload(600);
    if (role.equals("worker")) {
      plan();
    }
    try (NamedPoint reply = NamedPoint.at(new Call(REPLY_TO_COMMIT, "handleResponse", commits));
        ChildJvm process = start(role, reply.jvmOption())) {
      reply.reach();
      process.kill();
    }
    await("the broker's decision")
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(stack.progressKeys()).contains("planned/1/1");
              assertThat(splitsDone()).isEqualTo(splits);
            });
    endsAsIfNothingHadHappened(600);
    assertThat(stack.progressKeys()).filteredOn(key -> key.startsWith("planned/")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker", "scanner,worker"})
  void aZombieThatComesBackIsFencedAndEnds(String roles) throws Exception {
    upload(RECORDS);
    if (roles.equals("worker")) {
      plan();
    }
    try (ChildJvm zombie = start(roles)) {
      awaitSplits(10);
      zombie.freeze();
      int before = splitsDone();
      try (ChildJvm other = start(roles)) {
        awaitSplits(before + 10);
        zombie.resume();

        assertThat(zombie.awaitEnd(TERM_SECONDS)).as("exit code of the zombie").isEqualTo(1);
        assertThat(zombie.log()).contains("another process has taken over");
        int atItsEnd = splitsDone();
        assertThat(atItsEnd).isLessThan(SPLITS);
        awaitSplits(atItsEnd + 1);
        assertThat(other.terminate(TERM_SECONDS)).isZero();
      }
    }
    endsAsIfNothingHadHappened(RECORDS);
  }

  /** Longer than its transaction lasts, and its membership in the group. */
  @Test
  void aStandstillEndsTheTransactionAndNotTheProcess() throws Exception {
    upload(RECORDS);
    try (ChildJvm process = start(Map.of("producer.transaction-timeout", "3s"))) {
      awaitSplits(10);
      freezeInATransaction(process);
      await("readers go on")
          .atMost(Duration.ofSeconds(3 + 5))
          .until(() -> !hasOpenTransaction(rawTopic()));
      pass(Duration.ofSeconds(8));
      process.resume();

      stack.awaitPublished(FILE);
      assertThat(process.terminate(TERM_SECONDS)).isZero();
    }
    stack.requireOnce(1, RECORDS);
  }

  @Test
  void aBrokerThatIsKilledUnderLoad() throws Exception {
    upload(RECORDS);
    try (ChildJvm process = start("scanner,worker")) {
      awaitSplits(10);
      stack.kafka().kill();
      stack.kafka().restart();
      stack.awaitPublished(FILE);
      assertThat(process.terminate(TERM_SECONDS)).isZero();
    }
    stack.requireOnce(1, RECORDS);
  }

  @Test
  void aBrokerThatIsFrozenForHalfAMinute() throws Exception {
    upload(RECORDS);
    try (ChildJvm process = start("scanner,worker")) {
      awaitSplits(10);
      stack.kafka().freeze();
      try {
        pass(Duration.ofSeconds(30));
      } finally {
        stack.kafka().resume();
      }
      stack.awaitPublished(FILE);
      assertThat(process.terminate(TERM_SECONDS)).isZero();
    }
    stack.requireOnce(1, RECORDS);
  }

  @ParameterizedTest
  @CsvSource({
    "io.riffle.producer.plan.Planner, plan, 1",
    "io.riffle.producer.publish.SplitPublisher, publish, 4",
    "org.apache.kafka.clients.producer.KafkaProducer, commitTransaction, 6",
    "io.riffle.producer.barrier.BarrierWriter, write, 1"
  })
  void sigtermInEveryStage(String className, String method, int times) throws Exception {
    upload(600);
    try (NamedPoint stage = NamedPoint.at(new Call(className, method, times));
        ChildJvm process = start("scanner,worker", stage.jvmOption())) {
      stage.reach();
      process.signalEnd();
      stage.release();
      assertThat(process.awaitEnd(TERM_SECONDS)).isZero();
    }
    endsAsIfNothingHadHappened(600);
  }

  @Test
  void sigtermWhileTheDatabaseIsWaitedFor() throws Exception {
    String role = stack.role();
    stack.execute("REVOKE ALL ON ALL TABLES IN SCHEMA riffle FROM " + role);
    try (ChildJvm process = start(Map.of("database.user", role))) {
      await().atMost(Duration.ofSeconds(20)).until(() -> process.log().contains("42501"));
      assertThat(process.terminate(TERM_SECONDS)).isZero();
    }
  }

  /** As the stack starts its programs; a supervisor would start the process again. */
  @Test
  void aProcessWithoutMemoryEndsAndTheNextOneGoesOn() throws Exception {
    upload(RECORDS);
    plan();
    try (ChildJvm starved = start("worker", "-Xmx20m", "-XX:+ExitOnOutOfMemoryError")) {
      assertThat(starved.awaitEnd(60)).isEqualTo(3);
      assertThat(starved.log()).contains("OutOfMemoryError");
    }
    endsAsIfNothingHadHappened(RECORDS);
  }

  private void endsAsIfNothingHadHappened(int records) throws Exception {
    try (ChildJvm last = start("scanner,worker")) {
      stack.awaitPublished(FILE);
      await("its start") // a JVM that has not come to its program ends with 143
          .atMost(Duration.ofSeconds(30))
          .until(() -> last.log().contains("scanner is active"));
      assertThat(last.terminate(TERM_SECONDS)).isZero();
    }
    stack.requireOnce(1, records);
  }

  private void plan() {
    RifProducer scanner = stack.start(Map.of("producer.roles", "scanner", "split.max-rows", "60"));
    stack.awaitFile(FILE, "PLANNED");
    scanner.end();
  }

  private ChildJvm start(String roles, String... jvmOptions) {
    return start(Map.of("producer.roles", roles), jvmOptions);
  }

  private ChildJvm start(Map<String, String> more, String... jvmOptions) {
    Map<String, String> settings = new HashMap<>();
    settings.put("split.max-rows", "60");
    settings.put("producer.instance", "one");
    settings.put("producer.workers", "1");
    settings.putAll(more);
    return ProducerProcess.start(stack.settings(settings), folder, jvmOptions);
  }

  private void upload(int records) {
    String instant = ProducerStack.instant(2);
    String text = RifRows.full("PDE").records(-1, -records).text();
    stack.put("Incoming/" + instant + "/" + FILE, text);
    stack.putManifest(instant, 0, FILE, "PDE");
  }

  private void awaitSplits(int atLeast) {
    await(atLeast + " splits")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> splitsDone() >= atLeast);
  }

  private int splitsDone() {
    return Math.toIntExact(
        stack.progressKeys().stream()
            .filter(key -> !key.startsWith("planned/") && !key.startsWith("barriers/"))
            .count());
  }

  private String rawTopic() {
    return stack.topics().rif(Layouts.load().get("PDE"));
  }

  private void freezeInATransaction(ChildJvm process) {
    await("a transaction to be frozen in")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              process.freeze();
              if (hasOpenTransaction(rawTopic())) {
                return true;
              }
              process.resume();
              return false;
            });
  }

  /** Whether readers of committed records cannot get to the end of a topic. */
  private boolean hasOpenTransaction(String topic) throws Exception {
    return !end(topic, IsolationLevel.READ_COMMITTED)
        .equals(end(topic, IsolationLevel.READ_UNCOMMITTED));
  }

  private Map<TopicPartition, Long> end(String topic, IsolationLevel level)
      throws ExecutionException, InterruptedException {
    var partitions =
        stack.kafka().admin().describeTopics(List.of(topic)).allTopicNames().get().get(topic);
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions
        .partitions()
        .forEach(
            one -> latest.put(new TopicPartition(topic, one.partition()), OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    stack
        .kafka()
        .admin()
        .listOffsets(latest, new ListOffsetsOptions(level))
        .all()
        .get()
        .forEach((partition, found) -> ends.put(partition, found.offset()));
    return ends;
  }

  private static void pass(Duration time) {
    await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
  }
}
