package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is put up with in a file, by its type: too many rejects halt it before any row is seen. */
@ExtendWith({
  KafkaExtension.class,
  PostgresExtension.class,
  S3Extension.class,
  RegistryExtension.class
})
@Tag("full")
@Tag("sources")
final class LoadPolicyIT {

  private static final Map<String, String> BAD = Map.of("CLM_FROM_DT", "31-FEB-2020");
  private static final Map<String, String> SMALL_SPLITS = Map.of("split.max-rows", "4");

  private final ProducerStack stack;
  private RifProducer producer;

  LoadPolicyIT(TestKafka kafka, TestPostgres postgres, TestS3 s3, TestRegistry registry) {
    stack = new ProducerStack(kafka, postgres, s3, registry);
  }

  @AfterEach
  void end() {
    assertThat(producer.end()).isZero();
  }

  @Test
  void aFileOverTheLimitPublishesNothing() throws IOException {
    String text = carrier(18, 3).text();
    put(3, "over.csv", text.getBytes(StandardCharsets.UTF_8));
    put(2, "over.csv.gz", gzip(text));
    start(Map.of("max-rejects", "10%"));

    stack.awaitFile("over.csv", "REJECTED|TOO_MANY_REJECTS|over.csv, line 20, column CLM_FROM_DT:");
    stack.awaitFile("over.csv.gz", "REJECTED|TOO_MANY_REJECTS|over.csv.gz, line 20, column CLM_");

    assertThat(stack.file("over.csv"))
        .endsWith(": 3 of 21 records are rejected, at most 2 (10%) are allowed; all for NOT_A_DATE")
        .doesNotContain("FEB");
    assertThat(published()).isEmpty();
    assertThat(stack.query("SELECT count(*) FROM riffle.file_attempts")).containsExactly("0");
  }

  @Test
  void aFileAtTheLimitLoads() throws IOException {
    put(3, "at.csv", carrier(18, 2).text().getBytes(StandardCharsets.UTF_8));
    put(2, "at.csv.gz", gzip(carrier(18, 2).text()));
    start(Map.of("max-rejects", "10%"));

    stack.awaitPublished("at.csv");
    stack.awaitPublished("at.csv.gz");

    assertThat(counts("at.csv")).containsExactly("18|2");
    assertThat(counts("at.csv.gz")).containsExactly("18|2");
  }

  @Test
  void eachTypeHasItsOwnPolicy() {
    put(5, "carrier.csv", "CARRIER", carrier(3, 1).text());
    put(4, "any.csv", "PDE", RifRows.full("PDE").records(-1, -2).raw("x").raw("x").text());
    put(3, "column.csv", "PDE_MERGE", "PDE_ID|SURPRISE\n-1|x\n");
    put(2, "column2.csv", "SNF_MERGE", "CLM_ID|SURPRISE\n-1|x\n");
    byte[] dme = RifRows.full("DME").records(-1, -1).text().getBytes(StandardCharsets.UTF_8);
    String instant = ProducerStack.instant(1);
    stack.put("Incoming/" + instant + "/sum.csv", dme, Map.of());
    stack.putManifest(instant, 0, "sum.csv", "DME");
    start(
        Map.of(
            "max-rejects",
            "0",
            "max-rejects.carrier",
            "1",
            "max-rejects.pde",
            "none",
            "unknown-columns.pde",
            "ignore",
            "require-checksum.dme",
            "true"));

    stack.awaitFile("sum.csv", "REJECTED|CHECKSUM|sum.csv: metadata md5chksum is missing");
    stack.awaitFile("column2.csv", "REJECTED|UNKNOWN_COLUMN|column2.csv, line 1, column SURPRISE");
    for (String name : List.of("carrier.csv", "any.csv", "column.csv")) {
      stack.awaitPublished(name);
    }
    assertThat(counts("carrier.csv")).containsExactly("3|1");
    assertThat(counts("any.csv")).containsExactly("2|2");
  }

  @Test
  void aRaisedLimitLetsTheFilePass() {
    put(2, "again.csv", "CARRIER", carrier(2, 1).text());
    start(Map.of("max-rejects", "0"));
    stack.awaitFile("again.csv", "REJECTED|TOO_MANY_REJECTS|");
    producer.end();

    start(Map.of("max-rejects", "0", "max-rejects.carrier", "1"));
    stack.execute("SELECT riffle.change_file_state(file_id, 'DISCOVERED') FROM riffle.files");

    stack.awaitPublished("again.csv");
    assertThat(counts("again.csv")).containsExactly("2|1");
  }

  /** Nothing of the file was published, so its versions are free for another object. */
  @Test
  void aCorrectedObjectMayTakeThePlace() {
    put(2, "mended.csv", "CARRIER", carrier(2, 1).text());
    start(Map.of("max-rejects", "0"));
    stack.awaitFile("mended.csv", "REJECTED|TOO_MANY_REJECTS|");

    stack.put("Incoming/" + ProducerStack.instant(2) + "/mended.csv", carrier(3, 0).text());
    stack.execute("SELECT riffle.change_file_state(file_id, 'DISCOVERED') FROM riffle.files");

    stack.awaitPublished("mended.csv");
    assertThat(counts("mended.csv")).containsExactly("3|0");
  }

  private static RifRows carrier(int good, int bad) {
    RifRows rows = RifRows.full("CARRIER").records(-1, -good);
    for (int key = 1001; key <= 1000 + bad; key++) {
      rows.row(-key, BAD);
    }
    return rows;
  }

  private void start(Map<String, String> policies) {
    Map<String, String> settings = new HashMap<>(SMALL_SPLITS);
    settings.putAll(policies);
    producer = stack.start(settings);
  }

  private void put(int daysAgo, String name, byte[] content) {
    String instant = ProducerStack.instant(daysAgo);
    stack.put("Incoming/" + instant + "/" + name, content, Map.of());
    stack.putManifest(instant, 0, name, "CARRIER");
  }

  private void put(int daysAgo, String name, String type, String text) {
    String instant = ProducerStack.instant(daysAgo);
    stack.put("Incoming/" + instant + "/" + name, text);
    stack.putManifest(instant, 0, name, type);
  }

  /** Records and rejects. */
  private List<String> counts(String name) {
    return stack.query(
        "SELECT published_records, rejected_by_producer FROM riffle.file_attempts"
            + " JOIN riffle.files USING (file_id, attempt) WHERE file_name = '%s'".formatted(name));
  }

  /** Whatever is on the topics that a load writes to. */
  private List<?> published() {
    return Stream.of("carrier", "rejects", "splits", "progress")
        .flatMap(part -> stack.kafka().readAll(stack.topics().set() + ".rif." + part).stream())
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
