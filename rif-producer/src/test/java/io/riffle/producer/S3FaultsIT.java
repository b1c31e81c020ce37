package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.net.HttpFault;
import io.riffle.net.HttpFault.After;
import io.riffle.net.HttpFault.EndAfter;
import io.riffle.net.HttpFault.Refused;
import io.riffle.net.HttpFault.ResetAfter;
import io.riffle.net.HttpFault.Shortened;
import io.riffle.net.HttpFault.SilentAfter;
import io.riffle.net.HttpFault.Slow;
import io.riffle.net.HttpFaultProxy;
import io.riffle.net.HttpFaultProxy.Rule;
import io.riffle.net.HttpRequest;
import io.riffle.schemas.layout.Layouts;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** S3 that fails, breaks off, is slow or has another object: retries, and never half a file. */
@ExtendWith({
  KafkaExtension.class,
  PostgresExtension.class,
  S3Extension.class,
  RegistryExtension.class
})
@Tag("full")
@Tag("sources")
final class S3FaultsIT {

  private static final int RECORDS = 400;
  private static final String NAME = "pde.csv";

  private final ProducerStack stack;
  private final HttpFaultProxy proxy;

  S3FaultsIT(TestKafka kafka, TestPostgres postgres, TestS3 s3, TestRegistry registry) {
    this.stack = new ProducerStack(kafka, postgres, s3, registry);
    this.proxy = HttpFaultProxy.before(s3.endpoint().getPort());
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  static Stream<HttpFault> passing() {
    return Stream.of(
        new Refused(503, "SlowDown"),
        new Refused(500, "InternalError"),
        new ResetAfter(5_000),
        new EndAfter(5_000),
        new Shortened(5_000),
        new SilentAfter(5_000),
        new Slow(50_000));
  }

  /** So many requests of planner and workers meet it; bodies get on a little each time. */
  @ParameterizedTest
  @Tag("full")
  @Tag("kills")
  @MethodSource("passing")
  void aFileIsPlannedAndPublishedAllTheSame(HttpFault fault) {
    Rule rule = proxy.fail(6, dataOf(NAME), fault);
    upload(2, NAME, -1);
    RifProducer producer = start(Map.of());

    stack.awaitPublished(NAME);
    end(producer);

    assertThat(rule.met()).isPositive();
    requireOnce();
  }

  @Test
  @Tag("full")
  @Tag("kills")
  void aThrottleThatLastsPausesAndHurtsNoFile() {
    proxy.fail(Integer.MAX_VALUE, request -> true, new Refused(503, "SlowDown"));
    upload(2, NAME, -1);
    RifProducer producer = start(Map.of());

    awaitPaused("scanner", "S3", "503");
    assertThat(stack.file(NAME)).isEmpty();

    proxy.heal();
    stack.awaitPublished(NAME);
    end(producer);
    requireOnce();
  }

  /** Without a checksum a manifest that is cut looks like one that is not XML. */
  @Test
  void aManifestThatIsCutOnItsWayIsNotRefused() {
    Rule cut =
        proxy.fail(2, request -> request.target().contains("_manifest.xml"), new Shortened(120));
    String instant = ProducerStack.instant(2);
    stack.put("Incoming/" + instant + "/" + NAME, text(-1));
    String manifest =
        "<dataSetManifest xmlns=\"http://cms.hhs.gov/bluebutton/api/schema/ccw-rif/v10\""
            + " timestamp=\"%s\" sequenceId=\"0\"><entry name=\"%s\" type=\"PDE\"/></dataSetManifest>"
                .formatted(instant, NAME);
    stack.put(
        "Incoming/" + instant + "/0_manifest.xml",
        manifest.getBytes(StandardCharsets.UTF_8),
        Map.of());
    RifProducer producer = start(Map.of());

    stack.awaitPublished(NAME);
    end(producer);

    assertThat(cut.met()).isEqualTo(2);
    requireOnce();
  }

  /** The rest of a body that broke off is asked for by ETag: it may not be another object's. */
  @Test
  void anObjectReplacedBetweenTwoRangesOfTheWorkerIsNeverHalfPublished() {
    upload(2, NAME, -1);
    RifProducer scanner = start(Map.of("producer.roles", "scanner"));
    stack.awaitFile(NAME, "PLANNED");
    proxy.fail(1, dataOf(NAME), new ResetAfter(5_000));
    Rule replaced = proxy.fail(1, dataOf(NAME), new After(() -> putData(2, NAME, -1_001)));

    RifProducer worker = start(Map.of("producer.roles", "worker"));
    stack.awaitFile(NAME, "REJECTED|OBJECT_CHANGED|" + NAME);
    end(worker);
    end(scanner);

    assertThat(replaced.met()).isEqualTo(1);
    assertThat(raw().data).isEmpty();
  }

  @Test
  void anObjectReplacedBetweenTwoRangesOfThePlannerIsPlannedAnewAsItIsThen() {
    upload(2, NAME, -1);
    proxy.fail(1, dataOf(NAME), new ResetAfter(5_000));
    Rule replaced = proxy.fail(1, dataOf(NAME), new After(() -> putData(2, NAME, -1_001)));

    RifProducer producer = start(Map.of());
    stack.awaitPublished(NAME);
    end(producer);

    assertThat(replaced.met()).isEqualTo(1);
    assertThat(raw().data)
        .hasSize(RECORDS)
        .allMatch(record -> Long.parseLong(record.key()) <= -1_001);
  }

  private RifProducer start(Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>(more);
    settings.put("s3.endpoint", "http://127.0.0.1:" + proxy.port());
    settings.put("s3.timeout", "1s");
    return stack.start(settings);
  }

  private static void end(RifProducer producer) {
    assertThat(producer.failure()).isEmpty();
    assertThat(producer.end()).isZero();
  }

  private static Predicate<HttpRequest> dataOf(String name) {
    return request -> request.method().equals("GET") && request.target().endsWith("/" + name);
  }

  private void upload(int daysAgo, String name, long first) {
    putData(daysAgo, name, first);
    stack.putManifest(ProducerStack.instant(daysAgo), 0, name, "PDE");
  }

  private void putData(int daysAgo, String name, long first) {
    stack.put("Incoming/" + ProducerStack.instant(daysAgo) + "/" + name, text(first));
  }

  private static String text(long first) {
    return RifRows.full("PDE").records(first, first - RECORDS + 1).text();
  }

  private void requireOnce() {
    RawTopic raw = raw();
    assertThat(raw.data)
        .hasSize(RECORDS)
        .extracting(found -> found.origin().version())
        .doesNotHaveDuplicates();
    assertThat(raw.barriers).hasSize(4);
    assertThat(stack.query("SELECT attempt, rejected_by_producer FROM riffle.file_attempts"))
        .containsExactly("1|0");
  }

  private RawTopic raw() {
    return new RawTopic(stack, stack.topics().rif(Layouts.load().get("PDE")));
  }

  private void awaitPaused(String part, String neighbour, String cause) {
    await(part + " to pause for " + cause)
        .atMost(Duration.ofSeconds(40))
        .until(() -> attribute(part, "Cause"), cause::equals);
    assertThat(attribute(part, "State")).isEqualTo("PAUSED");
    assertThat(attribute(part, "Neighbour")).isEqualTo(neighbour);
  }

  private String attribute(String part, String attribute) {
    String name = "io.riffle:type=Pause,set=" + stack.topics().set() + ",part=" + part;
    try {
      return (String)
          ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(name), attribute);
    } catch (JMException e) {
      return "";
    }
  }
}
