package io.riffle.merge;

import static io.riffle.merge.MergeFixture.ATTEMPT;
import static io.riffle.merge.MergeFixture.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.merge.MergeFixture.Delivery;
import io.riffle.net.Direction;
import io.riffle.net.Hold;
import io.riffle.net.Weather;
import io.riffle.testing.ChildJvm;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a network does between the merge-processor and Kafka: what is merged and counted is the
 * same. What takes a minute by default takes seconds here.
 */
@ExtendWith({KafkaExtension.class, RegistryExtension.class})
@Tag("full")
@Tag("kills")
class MergeNetworkIT {
  private static final short PRODUCE = 0;
  private static final short END_TXN = 26;
  private static final String READY = "state=\"RUNNING\"";
  private static final long TERM_SECONDS = 30;

  private final TestKafka kafka;
  private final MergeFixture merge;

  MergeNetworkIT(TestKafka kafka, TestRegistry server, @TempDir Path folder) {
    this.kafka = kafka;
    this.merge = new MergeFixture(kafka, server, folder);
    merge.createTopics("CARRIER");
  }

  @AfterEach
  void heal() {
    kafka.proxy().heal();
  }

  /** The half-open time is longer than session, request and transaction may take. */
  @Test
  void brokersThatAreCutOffAndThenHalfOpen() throws Exception {
    List<Delivery> deliveries = merge.deliveries(120);
    int third = deliveries.size() / 3;
    try (ChildJvm process = start()) {
      merge.awaitLog(READY);
      merge.publish(deliveries.subList(0, third));
      kafka.proxy().cut();
      pass(Duration.ofSeconds(10));
      kafka.proxy().heal();
      merge.publish(deliveries.subList(third, 2 * third));
      kafka.proxy().halfOpen();
      pass(Duration.ofSeconds(25));
      kafka.proxy().heal();
      endsAsIfNothingHadHappened(process, deliveries.subList(2 * third, deliveries.size()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TO_SERVER", "TO_CLIENT"})
  void oneDirectionThatIsSilent(Direction direction) throws Exception {
    List<Delivery> deliveries = merge.deliveries(60);
    int half = deliveries.size() / 2;
    try (ChildJvm process = start()) {
      merge.awaitLog(READY);
      merge.publish(deliveries.subList(0, half));
      kafka.proxy().halfOpen(direction);
      pass(Duration.ofSeconds(20));
      kafka.proxy().heal();
      endsAsIfNothingHadHappened(process, deliveries.subList(half, deliveries.size()));
    }
  }

  @Test
  void aSlowNetworkThatResetsNowAndThen() throws Exception {
    List<Delivery> deliveries = merge.deliveries(60);
    kafka.proxy().weather(new Weather(Duration.ofMillis(100), 3_000_000 / 8, 0.01));
    try (ChildJvm process =
        merge.start(Map.of("RIFFLE_KAFKA_BOOTSTRAP_SERVERS", kafka.proxiedBootstrapServers()))) {
      endsAsIfNothingHadHappened(process, deliveries);
    }
  }

  /** What arrives then is of an epoch that is over: brokers bump it with each transaction. */
  @ParameterizedTest
  @ValueSource(shorts = {PRODUCE, END_TXN})
  void aRequestThatArrivesTwentySecondsLate(short api) throws Exception {
    List<Delivery> deliveries = merge.deliveries(120);
    int third = deliveries.size() / 3;
    try (ChildJvm process = start()) {
      merge.awaitLog(READY);
      merge.publish(deliveries.subList(0, third));
      kafka.awaitRecords(merge.mergedTopic(), 10);
      Hold hold = kafka.proxy().hold(Direction.TO_SERVER, request(api));
      merge.publish(deliveries.subList(third, 2 * third));
      await().atMost(Duration.ofMinutes(1)).until(hold::hasBegun);
      pass(Duration.ofSeconds(20));
      hold.release();
      endsAsIfNothingHadHappened(process, deliveries.subList(2 * third, deliveries.size()));
    }
  }

  /** Gives a request up after 3 s, and a session after 6 s. */
  private ChildJvm start() {
    Map<String, String> settings = new HashMap<>();
    settings.put("RIFFLE_KAFKA_BOOTSTRAP_SERVERS", kafka.proxiedBootstrapServers());
    settings.put("RIFFLE_MERGE_SESSION_TIMEOUT", "6s");
    settings.put("RIFFLE_KAFKA_REQUEST_TIMEOUT_MS", "3000");
    settings.put("RIFFLE_KAFKA_SOCKET_CONNECTION_SETUP_TIMEOUT_MS", "2000");
    settings.put("RIFFLE_KAFKA_RECONNECT_BACKOFF_MAX_MS", "500");
    return merge.start(settings);
  }

  /** A request begins with its length and the number of its API. */
  private static Predicate<byte[]> request(short api) {
    return chunk ->
        chunk.length >= 8
            && ByteBuffer.wrap(chunk).getInt(0) == chunk.length - 4
            && ByteBuffer.wrap(chunk).getShort(4) == api;
  }

  private void endsAsIfNothingHadHappened(ChildJvm process, List<Delivery> rest) throws Exception {
    merge.publish(rest);
    merge.publishBarriers(ATTEMPT);
    await().atMost(Duration.ofMinutes(3)).until(() -> merge.barriers(1));
    merge.checkContent();
    merge.checkTotals();
    kafka.proxy().heal();
    assertThat(process.terminate(TERM_SECONDS)).as("exit code").isZero();
    await().atMost(Duration.ofSeconds(30)).until(this::noTransactionIsOpen);
  }

  private boolean noTransactionIsOpen() throws Exception {
    return kafka.admin().listTransactions().all().get().stream()
        .filter(one -> one.transactionalId().startsWith(merge.topics().set()))
        .noneMatch(
            one ->
                one.state() != TransactionState.COMPLETE_COMMIT
                    && one.state() != TransactionState.COMPLETE_ABORT
                    && one.state() != TransactionState.EMPTY);
  }
}
