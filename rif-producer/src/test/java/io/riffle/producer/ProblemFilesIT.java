package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.control.ControlCodec;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is wrong with a file or manifest stands in the ledger, and the others go on. */
@ExtendWith({
  KafkaExtension.class,
  PostgresExtension.class,
  S3Extension.class,
  RegistryExtension.class
})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProblemFilesIT {

  private ProducerStack stack;
  private RifProducer producer;

  @BeforeAll
  void start(TestKafka kafka, TestPostgres postgres, TestS3 s3, TestRegistry registry) {
    stack = new ProducerStack(kafka, postgres, s3, registry);
    producer = stack.start(Map.of());
  }

  @AfterAll
  void end() {
    assertThat(producer.end()).isZero();
  }

  @Test
  void waitsForAMissingFileWithoutHoldingUpOthers() {
    String instant = ProducerStack.instant(10);
    String later = ProducerStack.instant(9);
    stack.put("Incoming/" + instant + "/here.csv", RifRows.full("PDE").records(-1, -2).text());
    stack.putManifest(instant, 0, "here.csv", "PDE", "late.csv", "PDE");
    stack.put("Incoming/" + later + "/next.csv", RifRows.full("PDE").records(-3, -4).text());
    stack.putManifest(later, 0, "next.csv", "PDE");

    stack.awaitPublished("next.csv");
    stack.awaitFile("late.csv", "WAITING|null|late.csv is missing");
    assertThat(stack.file("here.csv")).isEqualTo("WAITING|null|late.csv is missing");

    stack.put("Incoming/" + instant + "/late.csv", RifRows.full("PDE").records(-5, -6).text());
    stack.awaitPublished("late.csv");
    stack.awaitPublished("here.csv");
  }

  /** Neither another scan nor another process, nor the object itself takes it up again. */
  @Test
  void goesOnWithoutAnEntryThatWasSkippedUntilSomebodyTakesItUpAgain() {
    String instant = ProducerStack.instant(12);
    stack.put("Incoming/" + instant + "/rest.csv", RifRows.full("PDE").records(-71, -72).text());
    stack.putManifest(instant, 0, "rest.csv", "PDE", "lost.csv", "PDE");
    stack.awaitFile("lost.csv", "WAITING|null|lost.csv is missing");

    stack.execute(order("skip_files", "lost.csv", "'the sender has none'"));

    stack.awaitPublished("rest.csv");
    stack.put("Incoming/" + instant + "/lost.csv", RifRows.full("PDE").records(-73, -74).text());
    assertThat(producer.end()).isZero();
    producer = stack.start(Map.of());
    String later = ProducerStack.instant(11);
    stack.put("Incoming/" + later + "/marker.csv", RifRows.full("PDE").records(-75, -75).text());
    stack.putManifest(later, 0, "marker.csv", "PDE");
    stack.awaitPublished("marker.csv");
    assertThat(stack.file("lost.csv")).isEqualTo("SKIPPED|BY_OPERATOR|the sender has none");

    stack.execute(order("retry_files", "lost.csv", "'{PDE}'"));

    stack.awaitPublished("lost.csv");
  }

  @Test
  void loadsARejectedFileThatWasCorrectedAndTakenUpAgain() {
    String instant = ProducerStack.instant(13);
    String object = "Incoming/" + instant + "/corrected.csv";
    stack.put(object, "DML_IND|PDE_ID|SURPRISE\n");
    stack.putManifest(instant, 0, "corrected.csv", "PDE");
    stack.awaitFile("corrected.csv", "REJECTED|UNKNOWN_COLUMN|");
    stack.put(object, RifRows.full("PDE").records(-81, -82).text());

    stack.execute(order("retry_files", "corrected.csv", "'{PDE}'"));

    stack.awaitPublished("corrected.csv");
  }

  private static String order(String function, String name, String second) {
    return "SELECT riffle.%s(array_agg(file_id), %s) FROM riffle.files WHERE file_name = '%s'"
        .formatted(function, second, name);
  }

  @Test
  void rejectsFilesThatCannotBeReadNamingFileLineAndColumn() throws IOException {
    String instant = ProducerStack.instant(8);
    String folder = "Incoming/" + instant + "/";
    byte[] pde = RifRows.full("PDE").records(-10, -12).text().getBytes(StandardCharsets.UTF_8);
    stack.put(folder + "sum.csv", pde, Map.of("md5chksum", ProducerStack.md5(new byte[1])));
    stack.put(folder + "unknown.csv", "DML_IND|PDE_ID|SURPRISE\n");
    stack.put(folder + "empty.csv", "");
    byte[] zipped = gzip(pde);
    stack.put(folder + "cut.csv.gz", Arrays.copyOf(zipped, zipped.length - 9), Map.of());
    stack.put(folder + "tail.csv.gz", Arrays.copyOf(zipped, zipped.length + 1), Map.of());
    stack.put(folder + "bomb.csv.gz", gzip(new byte[32 << 20]), Map.of());
    stack.putManifest(
        instant,
        0,
        "sum.csv",
        "PDE",
        "unknown.csv",
        "PDE",
        "empty.csv",
        "PDE",
        "cut.csv.gz",
        "PDE",
        "tail.csv.gz",
        "PDE",
        "bomb.csv.gz",
        "PDE");

    stack.awaitFile("sum.csv", "REJECTED|CHECKSUM|sum.csv: metadata md5chksum is another MD5");
    stack.awaitFile("unknown.csv", "REJECTED|UNKNOWN_COLUMN|unknown.csv, line 1, column SURPRISE");
    stack.awaitFile("empty.csv", "REJECTED|EMPTY_FILE|empty.csv, line 1");
    stack.awaitFile("cut.csv.gz", "REJECTED|GZIP_INVALID|cut.csv.gz: the gzip data breaks off");
    stack.awaitFile("tail.csv.gz", "REJECTED|GZIP_INVALID|tail.csv.gz: bytes that are no gzip");
    stack.awaitFile("bomb.csv.gz", "REJECTED|");
    assertThat(
            stack.query(
                "SELECT count(*) FROM riffle.file_attempts a JOIN riffle.files USING (file_id) WHERE file_name LIKE 'sum%'"))
        .containsExactly("0");
  }

  @Test
  void putsBadRecordsIntoTheRejectsAndPublishesTheRest() {
    String instant = ProducerStack.instant(7);
    String text =
        RifRows.full("CARRIER")
            .records(-20, -21)
            .row(-22, Map.of("CLM_FROM_DT", "31-FEB-2020"))
            .row(-23, Map.of("CARR_NUM", "much too long"))
            .row(-24, Map.of())
            .raw("INSERT|-25|-1")
            .row(-26, Map.of("CARR_NUM", "\"a\nb\""))
            .text();
    stack.put("Incoming/" + instant + "/bad.csv", text.strip());
    stack.putManifest(instant, 0, "bad.csv", "CARRIER");

    stack.awaitPublished("bad.csv");

    assertThat(
            stack.query(
                "SELECT lines, rows, rejected_rows, a.records, published_records, rejected_by_producer"
                    + " FROM riffle.file_attempts a JOIN riffle.files USING (file_id) WHERE file_name = 'bad.csv'"))
        // A row over two lines of the editor is one line here: lines = 1 + rows + rejected_rows.
        .containsExactly("8|4|3|7|4|3");
    assertThat(rejects())
        .containsExactlyInAnyOrder(
            "3|4|4|CLM_FROM_DT|NOT_A_DATE", "4|5|5|CARR_NUM|TOO_LONG", "6|7|7||TOO_FEW_FIELDS");
  }

  /** Its records would have the versions of those that were loaded. */
  @Test
  void refusesAnotherObjectForAFileThatWasLoadedBefore() {
    String instant = ProducerStack.instant(3);
    String object = "Incoming/" + instant + "/again.csv";
    stack.put(object, RifRows.full("PDE").records(-61, -61).text());
    stack.putManifest(instant, 0, "again.csv", "PDE");
    stack.awaitPublished("again.csv");
    stack.put(object, RifRows.full("PDE").records(-62, -62).text());

    stack.execute(
        "SELECT riffle.change_file_state(file_id, 'REJECTED'),"
            + " riffle.change_file_state(file_id, 'DISCOVERED')"
            + " FROM riffle.files WHERE file_name = 'again.csv'");

    stack.awaitFile("again.csv", "REJECTED|OBJECT_CHANGED|again.csv: another object than");
  }

  @Test
  void recordsManifestsThatCannotBeLoaded() {
    String instant = ProducerStack.instant(6);
    String hostile = "Incoming/" + instant + "/1_manifest.xml";
    stack.put(hostile, "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>");
    stack.put("Incoming/" + instant + "/2_manifest.xml", " ".repeat(1_048_577));
    String never = stack.putManifest("9999-12-31T00:00:00Z", 0, "z.csv", "PDE");
    String twin = stack.putManifest(instant, 3, "a.csv", "PDE");
    stack.put("Incoming/" + instant + "/a.csv", RifRows.full("PDE").records(-30, -30).text());
    stack.awaitPublished("a.csv");
    String sameFile = stack.putManifest(instant, 4, "a.csv", "PDE");
    String sameInstant = instant.replace("Z", ".000Z");
    String sameVersion = stack.putManifest(sameInstant, 3, "b.csv", "PDE");

    stack.awaitManifest(hostile, "REJECTED|MANIFEST_SYNTAX|1_manifest.xml, line 1");
    stack.awaitManifest(never, "REJECTED|MANIFEST_TIMESTAMP|0_manifest.xml: the folder's instant");
    stack.awaitManifest("Incoming/" + instant + "/2_manifest.xml", "REJECTED|MANIFEST_SIZE|");
    stack.awaitManifest(
        sameFile, "REJECTED|ENTRY_REPEATED|4_manifest.xml: entry a.csv is one of " + twin);
    stack.awaitManifest(sameVersion, "CONFLICT|null|3_manifest.xml: the version of " + twin);
  }

  @Test
  void setsAsideAManifestThatChanged() {
    String instant = ProducerStack.instant(5);
    String key = stack.putManifest(instant, 0, "never.csv", "PDE");
    stack.awaitFile("never.csv", "WAITING");
    stack.putManifest(instant, 0, "never.csv", "PDE", "more.csv", "PDE");

    stack.awaitFile("never.csv", "CONFLICT|null|0_manifest.xml: the object was changed");
    assertThat(stack.manifest(key)).startsWith("CONFLICT|");
    stack.put("Incoming/" + instant + "/never.csv", RifRows.full("PDE").records(-40, -40).text());
    String later = ProducerStack.instant(4);
    stack.put("Incoming/" + later + "/after.csv", RifRows.full("PDE").records(-41, -41).text());
    stack.putManifest(later, 0, "after.csv", "PDE");
    stack.awaitPublished("after.csv");
    assertThat(stack.file("never.csv")).startsWith("CONFLICT|");
  }

  @Test
  void holdsFutureSetsAndLoadsOldOnesOnRequestOnly() {
    String future = ProducerStack.instant(-2);
    stack.putManifest(future, 0, "future.csv", "PDE");
    String old = ProducerStack.instant(100);
    stack.put("Incoming/" + old + "/old.csv", RifRows.full("PDE").records(-50, -50).text());
    String key = stack.putManifest(old, 0, "old.csv", "PDE");

    stack.awaitFile("future.csv", "FUTURE|null|future.csv: its time is ");
    stack.awaitFile("old.csv", "TOO_OLD|null|old.csv: older than 60 days");

    stack.execute(
        "INSERT INTO riffle.load_requests (bucket, s3_key) SELECT bucket, '%s' FROM riffle.manifests LIMIT 1"
            .formatted(key));
    stack.awaitPublished("old.csv");
    assertThat(
            stack.query(
                "SELECT DISTINCT status FROM claims.s3_data_files WHERE file_name = 'old.csv'"))
        .containsExactly("STARTED");
  }

  private List<String> rejects() {
    WireReader reader = new WireReader(stack.registry().client(), WithoutFingerprint.REJECT);
    int partitions = Layouts.load().get("CARRIER").partitions();
    return stack.kafka().readAll(stack.topics().rejects()).stream()
        .map(
            record -> {
              Decoded decoded = (Decoded) reader.decode(record.value(), record.headers());
              Reject reject = ControlCodec.of(Reject.class).fromAvro(decoded.record());
              assertThat(record.partition()).isEqualTo((int) (reject.record() % partitions));
              return "%d|%d|%d|%s|%s"
                  .formatted(
                      reject.record(),
                      reject.line(),
                      reject.at(),
                      reject.column().orElse(""),
                      reject.reason());
            })
        .toList();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }
}
