package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.net.Direction;
import io.riffle.net.Hold;
import io.riffle.net.TcpProxy;
import io.riffle.net.Weather;
import io.riffle.schemas.layout.Layouts;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a network does between rif-producer and Kafka, and between it and the ledger: each record
 * once, no transaction left open. What takes a minute by default takes seconds here.
 */
@ExtendWith({
  KafkaExtension.class,
  PostgresExtension.class,
  S3Extension.class,
  RegistryExtension.class
})
@Tag("full")
@Tag("kills")
final class NetworkIT {

  private static final short PRODUCE = 0;
  private static final short END_TXN = 26;
  private static final String NAME = "pde.csv";

  private final ProducerStack stack;
  private final TestKafka kafka;

  NetworkIT(TestKafka kafka, TestPostgres postgres, TestS3 s3, TestRegistry registry) {
    this.stack = new ProducerStack(kafka, postgres, s3, registry);
    this.kafka = kafka;
  }

  @AfterEach
  void heal() {
    kafka.proxy().heal();
  }

  /** The half-open time is longer than session, request and transaction may take. */
  @Test
  void brokersThatAreCutOffAndThenHalfOpenAreNoLossAndNothingTwice() {
    upload(6_000);
    RifProducer producer = start(Map.of("split.max-rows", "60"));
    awaitSplits(5);
    kafka.proxy().cut();
    pass(Duration.ofSeconds(8));
    kafka.proxy().heal();
    awaitSplits(15);
    kafka.proxy().halfOpen();
    pass(Duration.ofSeconds(15));
    assertThat(splits()).as("splits before the end").isLessThan(100);
    kafka.proxy().heal();

    endsAsIfNothingHadHappened(producer, 6_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TO_SERVER", "TO_CLIENT"})
  void oneDirectionThatIsSilentIsNoLossAndNothingTwice(Direction direction) {
    upload(3_000);
    RifProducer producer = start(Map.of("split.max-rows", "60"));
    awaitSplits(5);
    kafka.proxy().halfOpen(direction);
    pass(Duration.ofSeconds(12));
    kafka.proxy().heal();

    endsAsIfNothingHadHappened(producer, 3_000);
  }

  @Test
  void aSlowNetworkThatResetsNowAndThenIsOnlySlow() {
    kafka.proxy().weather(new Weather(Duration.ofMillis(100), 3_000_000 / 8, 0.01));
    upload(600);
    RifProducer producer =
        start(
            Map.of(
                "split.max-rows", "30",
                "kafka.request.timeout.ms", "20000",
                "kafka.producer.delivery.timeout.ms", "40000",
                "producer.transaction-timeout", "40s"));
    await().atMost(Duration.ofMinutes(3)).until(() -> splits() == 20);

    endsAsIfNothingHadHappened(producer, 600);
  }

  /** What arrives then is of an epoch that is over: brokers bump it with each transaction. */
  @ParameterizedTest
  @ValueSource(shorts = {PRODUCE, END_TXN})
  void aRequestThatArrivesTwentySecondsLateIsOfATransactionThatIsOver(short api) {
    upload(6_000);
    Hold hold = kafka.proxy().hold(Direction.TO_SERVER, armed(request(api)));
    RifProducer producer = start(Map.of("split.max-rows", "60"));
    await().atMost(Duration.ofMinutes(1)).until(hold::hasBegun);
    int before = splits();
    pass(Duration.ofSeconds(20));
    assertThat(splits()).as("others, and the worker anew, go on").isGreaterThan(before);
    hold.release();

    endsAsIfNothingHadHappened(producer, 6_000);
  }

  @Test
  void aLedgerThatIsSilentIsGivenUpAndComesBack() {
    String url = stack.settings(Map.of()).get("database.url");
    int port = Integer.parseInt(url.replaceAll(".*:(\\d+)/.*", "$1"));
    try (TcpProxy proxy = TcpProxy.before(port)) {
      upload(3_000);
      RifProducer producer =
          start(
              Map.of(
                  "split.max-rows",
                  "60",
                  "database.url",
                  url.replace(":" + port + "/", ":" + proxy.port() + "/"),
                  "database.socket-timeout",
                  "2s"));
      awaitSplits(3);
      proxy.halfOpen();
      pass(Duration.ofSeconds(6));
      proxy.heal();

      endsAsIfNothingHadHappened(producer, 3_000);
    }
  }

  private RifProducer start(Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("kafka.bootstrap-servers", kafka.proxiedBootstrapServers());
    settings.put("kafka.request.timeout.ms", "3000");
    settings.put("kafka.socket.connection.setup.timeout.ms", "2000");
    settings.put("kafka.reconnect.backoff.max.ms", "500");
    settings.put("kafka.producer.delivery.timeout.ms", "6000");
    settings.put("kafka.producer.max.block.ms", "6000");
    settings.put("kafka.consumer.default.api.timeout.ms", "6000");
    settings.putAll(more);
    return stack.start(settings);
  }

  /** Passes over the first requests, those of the scanner's start among them. */
  private static Predicate<byte[]> armed(Predicate<byte[]> which) {
    int[] seen = {0};
    return chunk -> which.test(chunk) && ++seen[0] > 12;
  }

  /** A request begins with its length and the number of its API. */
  private static Predicate<byte[]> request(short api) {
    return chunk ->
        chunk.length >= 8
            && ByteBuffer.wrap(chunk).getInt(0) == chunk.length - 4
            && ByteBuffer.wrap(chunk).getShort(4) == api;
  }

  private void endsAsIfNothingHadHappened(RifProducer producer, int records) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                !stack
                    .query("SELECT 1 FROM riffle.file_attempts WHERE published_at IS NOT NULL")
                    .isEmpty());
    stack.awaitPublished(NAME);
    assertThat(producer.failure()).isEmpty();
    assertThat(producer.end()).isZero();
    RawTopic raw = new RawTopic(stack, stack.topics().rif(Layouts.load().get("PDE")));
    assertThat(raw.data)
        .hasSize(records)
        .extracting(found -> found.origin().version())
        .doesNotHaveDuplicates();
    assertThat(raw.barriers)
        .extracting(RawTopic.Barrier::partition)
        .containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(raw.barriers.stream().mapToLong(barrier -> barrier.value().records()).sum())
        .isEqualTo(records);
    assertThat(stack.query("SELECT attempt, rejected_by_producer FROM riffle.file_attempts"))
        .containsExactly("1|0");
    requireNoOpenTransaction();
  }

  private void requireNoOpenTransaction() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                kafka.admin().listTransactions().all().get().stream()
                    .filter(one -> one.transactionalId().startsWith(stack.topics().set()))
                    .noneMatch(one -> isOpen(one.state())));
  }

  private static boolean isOpen(TransactionState state) {
    return switch (state) {
      case ONGOING, PREPARE_ABORT, PREPARE_COMMIT, PREPARE_EPOCH_FENCE -> true;
      default -> false;
    };
  }

  private void awaitSplits(int atLeast) {
    await().atMost(Duration.ofMinutes(1)).until(() -> splits() >= atLeast);
  }

  private int splits() {
    return (int)
        kafka.readAll(stack.topics().progress()).stream()
            .map(record -> new String(record.key(), StandardCharsets.UTF_8))
            .filter(key -> key.startsWith("split"))
            .count();
  }

  private static void pass(Duration time) {
    await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
  }

  private void upload(int records) {
    String instant = ProducerStack.instant(2);
    String text = RifRows.full("PDE").records(-1, -records).text();
    stack.put("Incoming/" + instant + "/" + NAME, text);
    stack.putManifest(instant, 0, NAME, "PDE");
  }
}
