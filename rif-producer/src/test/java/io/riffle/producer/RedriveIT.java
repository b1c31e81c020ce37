package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Redriven;
import io.riffle.schemas.control.Reject;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.wire.Decoding.Decoded;
import io.riffle.schemas.wire.WireReader;
import io.riffle.schemas.wire.WireReader.WithoutFingerprint;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rejected records are published again, and nothing else: from the file, as an attempt of it. */
@ExtendWith({
  KafkaExtension.class,
  PostgresExtension.class,
  S3Extension.class,
  RegistryExtension.class
})
final class RedriveIT {

  private static final Map<String, String> SCANNER =
      Map.of("producer.roles", "scanner", "split.max-rows", "7");
  private static final Map<String, String> WORKER = Map.of("producer.roles", "worker");
  private static final Map<String, String> BOTH = Map.of("split.max-rows", "7");
  private static final String NAME = "pde.csv";

  private final ProducerStack stack;

  RedriveIT(TestKafka kafka, TestPostgres postgres, TestS3 s3, TestRegistry registry) {
    this.stack = new ProducerStack(kafka, postgres, s3, registry);
  }

  /** Record 5 is as bad as before; 17 and 30 were refused by the sink. */
  @Test
  void publishesTheWantedRecordsWithTheirVersionsAndOneBarrierEach() {
    upload(NAME, text().getBytes(StandardCharsets.UTF_8));
    RifProducer producer = stack.start(BOTH);
    load(NAME, 5, 17, 30);
    redrive();
    awaitBarriers(2);
    stack.complete(NAME);
    producer.end();

    requireRedriven(17, 30);
    assertThat(rejects()).containsExactlyInAnyOrder("1/5 line 6", "2/5 line 6");
    assertThat(attempt()).as("totals of the three alone").containsExactly("REDRIVE|3|4|2|1|3|2|1");
    assertThat(stack.file(NAME)).startsWith("COMPLETED_WITH_REJECTS");
  }

  @Test
  void findsTheRecordsOfACompressedFile() throws IOException {
    upload(NAME + ".gz", gzip(text()));
    RifProducer producer = stack.start(BOTH);
    load(NAME + ".gz", 2, 31);
    redrive();
    awaitBarriers(2);
    producer.end();

    requireRedriven(2, 31);
  }

  @Test
  @Tag("full")
  @Tag("kills")
  void doesNotPlanARedriveAgainWhoseLedgerUpdateWasLost() {
    upload(NAME, text().getBytes(StandardCharsets.UTF_8));
    RifProducer producer = stack.start(BOTH);
    load(NAME, 17);
    producer.end();
    redrive();
    RifProducer scanner = stack.start(SCANNER);
    stack.awaitFile(NAME, "PLANNED");
    scanner.end();
    stack.execute(
        "DELETE FROM riffle.file_attempts WHERE attempt = 2;"
            + "UPDATE riffle.files SET state = 'COMPLETED_WITH_REJECTS', attempt = 1;"
            + "UPDATE riffle.redrives SET status = 'REQUESTED', attempt = NULL");

    producer = stack.start(BOTH);
    awaitBarriers(2);
    producer.end();

    assertThat(progressKeys()).filteredOn(key -> key.startsWith("planned/")).hasSize(2);
    requireRedriven(17);
    assertThat(stack.query("SELECT status, attempt FROM riffle.redrives"))
        .containsExactly("PLANNED|2");
  }

  @Test
  void refusesAnotherObjectAndAMissingOneAndLeavesTheFileAsItWas() {
    upload(NAME, text().getBytes(StandardCharsets.UTF_8));
    RifProducer producer = stack.start(BOTH);
    load(NAME, 17);
    upload(NAME, RifRows.full("PDE").records(-1, -34).text().getBytes(StandardCharsets.UTF_8));
    redrive();
    awaitRefused("OBJECT_CHANGED: pde.csv: another object than an earlier load read");

    stack.delete(object(NAME));
    redrive();
    awaitRefused("pde.csv is missing");
    producer.end();

    assertThat(stack.file(NAME)).isEqualTo("COMPLETED_WITH_REJECTS|null|null");
    assertThat(stack.query("SELECT status, status_note FROM riffle.rejects"))
        .containsExactly("OPEN|pde.csv is missing");
    assertThat(progressKeys()).filteredOn(key -> key.startsWith("planned/")).hasSize(1);
  }

  @Test
  @Tag("full")
  @Tag("sources")
  void refusesAFileThatIsReadDifferentlyThanWhenItWasLoaded() {
    upload(NAME, text().getBytes(StandardCharsets.UTF_8));
    RifProducer producer = stack.start(BOTH);
    load(NAME, 17);
    stack.execute("UPDATE riffle.file_attempts SET records = 33");
    redrive();
    awaitRefused("pde.csv is read as 35 lines and 34 records now, 35 and 33 when it was loaded");
    producer.end();

    assertThat(stack.file(NAME)).isEqualTo("COMPLETED_WITH_REJECTS|null|null");
  }

  /** Somebody put a record on a topic that said it was of the file. */
  @Test
  @Tag("full")
  @Tag("sources")
  void refusesARecordThatTheFileDoesNotHave() {
    upload(NAME, text().getBytes(StandardCharsets.UTF_8));
    RifProducer producer = stack.start(BOTH);
    load(NAME, 17, 35);
    redrive();
    awaitRefused("pde.csv has 34 records, and none of number 35");
    producer.end();

    assertThat(stack.file(NAME)).isEqualTo("COMPLETED_WITH_REJECTS|null|null");
    assertThat(stack.query("SELECT status FROM riffle.rejects")).containsExactly("OPEN", "OPEN");
    requireRedriven();
  }

  @Test
  @Tag("full")
  @Tag("sources")
  void refusesAnObjectThatWasReplacedAfterThePlan() {
    upload(NAME, text().getBytes(StandardCharsets.UTF_8));
    RifProducer producer = stack.start(BOTH);
    load(NAME, 17);
    producer.end();
    redrive();
    RifProducer scanner = stack.start(SCANNER);
    stack.awaitFile(NAME, "PLANNED");
    upload(NAME, RifRows.full("PDE").records(-1, -34).text().getBytes(StandardCharsets.UTF_8));
    RifProducer worker = stack.start(WORKER);
    awaitRefused("OBJECT_CHANGED: pde.csv, line 16: the object is another one");
    scanner.end();
    worker.end();

    assertThat(stack.file(NAME)).isEqualTo("COMPLETED_WITH_REJECTS|null|null");
    assertThat(stack.query("SELECT status FROM riffle.rejects")).containsExactly("OPEN");
    requireRedriven();
  }

  @Test
  @Tag("full")
  @Tag("sources")
  void doesNothingForRejectsThatALaterLoadHasSettled() {
    upload(NAME, text().getBytes(StandardCharsets.UTF_8));
    RifProducer producer = stack.start(BOTH);
    load(NAME, 17);
    producer.end();
    redrive();
    stack.execute("UPDATE riffle.rejects SET status = 'SUPERSEDED', settled_attempt = 2");
    producer = stack.start(BOTH);
    awaitRefused("pde.csv was loaded again meanwhile");
    producer.end();

    assertThat(stack.file(NAME)).isEqualTo("COMPLETED_WITH_REJECTS|null|null");
  }

  /** 34 records, one row each; the fifth has a bad date. */
  private static String text() {
    return RifRows.full("PDE")
        .records(-1, -4)
        .row(-5, Map.of("SRVC_DT", "31-FEB-2020"))
        .records(-6, -34)
        .text();
  }

  private void upload(String name, byte[] content) {
    stack.put(object(name), content, Map.of());
    stack.putManifest(ProducerStack.instant(2), 0, name, "PDE");
  }

  private static String object(String name) {
    return "Incoming/" + ProducerStack.instant(2) + "/" + name;
  }

  /** Waits for the load, and ends it as the sink does that has rejected some records. */
  private void load(String name, int... rejected) {
    stack.awaitPublished(name);
    for (int record : rejected) {
      stack.execute(
          String.format(
              Locale.ROOT,
              "INSERT INTO riffle.rejects (file_id, attempt, type, stage, record, line, rows, at,"
                  + " reason, topic, partition, \"offset\") VALUES (1, 1, 'PDE', 'SINK', %1$d,"
                  + " %1$d + 1, 1, %1$d + 1, 'CHECK_VIOLATION', 'merged', 0, %1$d)",
              record));
    }
    stack.complete(name);
    stack.awaitFile(name, "COMPLETED_WITH_REJECTS");
  }

  private void redrive() {
    stack.query(
        "SELECT riffle.redrive_rejects(array_agg(reject_id), 'test') FROM riffle.rejects"
            + " WHERE status = 'OPEN'");
  }

  private void awaitBarriers(int attempt) {
    await("barriers of attempt " + attempt)
        .atMost(Duration.ofSeconds(40))
        .until(() -> progressKeys().contains("barriers/1/" + attempt));
  }

  private void awaitRefused(String start) {
    await("refusal " + start)
        .atMost(Duration.ofSeconds(40))
        .until(
            () ->
                stack.query("SELECT detail FROM riffle.redrives WHERE status = 'REFUSED'").stream()
                    .anyMatch(detail -> detail.startsWith(start)));
  }

  /** Exactly these records are on the topic as attempt 2, marked, with the versions they had. */
  private void requireRedriven(long... records) {
    RawTopic raw = new RawTopic(stack, topic());
    assertThat(raw.data.stream().filter(found -> found.origin().attempt() == 2))
        .extracting(found -> found.origin().version().record())
        .containsExactlyInAnyOrderElementsOf(Arrays.stream(records).boxed().toList());
    assertThat(raw.data)
        .allSatisfy(
            found -> {
              long number = found.origin().version().record();
              assertThat(found.key()).isEqualTo("-" + number);
              assertThat(found.origin().line()).isEqualTo(number + 1);
            });
    assertThat(
            stack.kafka().readAll(topic()).stream()
                .filter(record -> Redriven.marks(record.headers()))
                .count())
        .isEqualTo(records.length);
    if (records.length > 0) {
      assertThat(raw.barriers.stream().filter(found -> found.value().attempt() == 2))
          .extracting(RawTopic.Barrier::partition)
          .containsExactlyInAnyOrder(0, 1, 2, 3);
      assertThat(
              raw.barriers.stream()
                  .filter(found -> found.value().attempt() == 2)
                  .mapToLong(found -> found.value().records())
                  .sum())
          .isEqualTo(records.length);
    }
  }

  private String topic() {
    return stack.topics().rif(Layouts.load().get("PDE"));
  }

  private List<String> attempt() {
    return stack.query(
        "SELECT cause, splits, lines, rows, rejected_rows, records, published_records,"
            + " rejected_by_producer FROM riffle.file_attempts WHERE attempt = 2");
  }

  private List<String> rejects() {
    WireReader reader = new WireReader(stack.registry().client(), WithoutFingerprint.REJECT);
    return stack.kafka().readAll(stack.topics().rejects()).stream()
        .map(record -> (Decoded) reader.decode(record.value(), record.headers()))
        .map(decoded -> ControlCodec.of(Reject.class).fromAvro(decoded.record()))
        .map(reject -> reject.attempt() + "/" + reject.record() + " line " + reject.line())
        .toList();
  }

  private List<String> progressKeys() {
    return stack.kafka().readAll(stack.topics().progress()).stream()
        .map(record -> new String(record.key(), StandardCharsets.UTF_8))
        .toList();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
