package io.riffle.cdc.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.riffle.cdc.obfuscate.Obfuscate;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import io.riffle.schemas.wire.Decoding;
import io.riffle.schemas.wire.WireReader;
import io.riffle.schemas.wire.WireReader.WithoutFingerprint;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** Topics to S3 and back, with real neighbours. */
@Tag("full")
@Tag("cdc")
@ExtendWith({KafkaExtension.class, S3Extension.class, RegistryExtension.class})
class ArchiveIT {
  private static final Instant DAY_ONE = Instant.parse("2026-03-01T23:59:59.999999Z");
  private static final Instant DAY_TWO = Instant.parse("2026-03-02T00:00:00Z");

  private final ArchiveFixture archive;
  private final SchemaRegistry registry;
  private final String topic;
  private final SampleEvents events;

  ArchiveIT(TestKafka kafka, TestS3 s3, TestRegistry registry, @TempDir Path folder) {
    this.registry = registry.client();
    this.archive = new ArchiveFixture(kafka, s3, this.registry, folder);
    this.topic = archive.topics.cdc("qvp", "public", "users");
    this.events = new SampleEvents(this.registry, topic);
  }

  @BeforeEach
  void createTopic() {
    archive.kafka.createTopic(topic, 1);
  }

  @Test
  void writesEveryEventInFilesByDayAndSchema() throws Exception {
    Schema schema = SampleEvents.schema("");
    Schema wider =
        SampleEvents.schema(
            ",{\"name\":\"added\",\"type\":[\"null\",\"string\"],\"default\":null}");
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    long lsn = 100;
    for (GenericRecord row : SampleEvents.awkward(schema)) {
      records.add(events.change(schema, "c", row, DAY_ONE, 90, lsn++));
    }
    records.add(events.change(schema, "d", SampleEvents.row(schema, 4L), DAY_TWO, 105, lsn++));
    records.add(events.change(schema, "t", null, DAY_TWO, 106, lsn++));
    records.add(events.record(null, new byte[] {9, 9}));
    records.add(events.change(wider, "c", SampleEvents.row(wider, 9L), DAY_TWO, 107, lsn++));
    records.add(events.sweep(DAY_TWO, 108, 108));
    archive.send(records);

    archiveUpTo(10);

    Map<String, List<String>> files = archive.files();
    String table = "cdc/" + archive.topics.set() + "/qvp/public.users/";
    assertThat(files.keySet())
        .hasSize(4)
        .allSatisfy(key -> assertThat(key).startsWith(table).matches(".*-\\d{20}-\\d{20}-.*"));
    List<String> first = file(files, table + "2026-03-01/", 0);
    assertThat(String.join("\n", first))
        .contains(
            "id,\"full name\",".replace("id", "\"id\""),
            "\"1\",\"a \"\"b\"\", c",
            "\"2\",\"=1+1\",\"-622191234\",\"-9223372036832400000\",\"00:00\",,,\"false\",\"c\"",
            "\"3\",\"\",,,,,,,\"c\",\"2026-03-01T23:59:59.999999Z\",\"3\",\"90\",\"102\",\"2\",\"false\",,",
            "\"4\",,,,,,,,\"c\"",
            "\"5\",,,,,,,,\"c\"",
            "\"[\"\"full name\"\",\"\"scan\"\",\"\"tags\"\"]\"");
    assertThat(file(files, table + "2026-03-02/", 0)).hasSize(3);
    assertThat(file(files, table + "2026-03-02/", 1).get(0)).contains("\"added\"");
    assertThat(file(files, table + "2026-03-02/", 2).get(1)).contains("\"sweep\"");
    long rows = 0;
    for (String key : files.keySet()) {
      Manifest manifest = archive.manifest(key);
      rows += manifest.rows();
      assertThat(manifest.bytes()).isEqualTo(archive.bytes(key).length);
    }
    assertThat(rows).isEqualTo(9);
    String second = key(files, table + "2026-03-02/", 0);
    assertThat(archive.manifest(second).skipped())
        .containsExactly(new Manifest.Skipped(7, "BAD_MAGIC"));
  }

  @Test
  void rowsComeBackAsTheEventsThatTheyWere() throws Exception {
    Schema schema = SampleEvents.schema("");
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    long lsn = 100;
    for (GenericRecord row : SampleEvents.awkward(schema)) {
      records.add(events.change(schema, "u", row, DAY_ONE, 90, lsn++));
    }
    records.add(events.change(schema, "d", SampleEvents.row(schema, 4L), DAY_TWO, 105, lsn++));
    records.add(events.change(schema, "t", null, DAY_TWO, 106, lsn++));
    records.add(events.sweep(DAY_TWO, 108, 108));
    archive.send(records);
    archiveUpTo(8);
    Topics development = new Topics(archive.kafka.uniqueName("dev").replace("-", "_"));
    String target = development.cdc("qvp", "public", "users");
    archive.kafka.createTopic(target, 1);

    ArchiveLoad.Loaded loaded = load(all(), development);

    assertThat(loaded).isEqualTo(new ArchiveLoad.Loaded(1, 3, 8));
    List<ConsumerRecord<byte[], byte[]>> before = archive.kafka.readAll(topic);
    List<ConsumerRecord<byte[], byte[]>> after = archive.kafka.readAll(target);
    assertThat(after).hasSameSizeAs(before);
    for (int i = 0; i < after.size(); i++) {
      assertThat(told(after.get(i))).as("event %d", i).isEqualTo(told(before.get(i)));
      assertThat(EventReader.placeholder(after.get(i).headers()))
          .isEqualTo(EventReader.placeholder(before.get(i).headers()));
    }
  }

  /** Read back without its position, a sweep would take it for older than itself. */
  @Test
  void rowsOfASnapshotKeepTheirPosition() throws Exception {
    Schema schema = SampleEvents.schema("");
    archive.send(
        List.of(
            events.read(schema, SampleEvents.row(schema, 1L), DAY_ONE, 90),
            events.sweep(DAY_ONE, 80, 80)));
    archiveUpTo(2);

    load(all(), archive.topics);

    List<String> file = archive.files().values().iterator().next();
    assertThat(file.get(1)).contains("\"3\",\"90\",\"90\",\"0\",\"incremental\"");
    GenericRecord source =
        (GenericRecord) AvroFields.get(decoded(archive.kafka.readAll(topic).get(2)), "source");
    assertThat(source.get("sequence")).hasToString("[\"90\",\"90\"]");
    assertThat(source.get("snapshot")).hasToString("incremental");
    assertThat(source.get("lsn")).isEqualTo(90L);
  }

  @Test
  void whatCameFromTheArchiveIsNotArchivedAgain() throws Exception {
    Schema schema = SampleEvents.schema("");
    archive.send(
        List.of(events.change(schema, "c", SampleEvents.row(schema, 1L), DAY_ONE, 90, 100)));
    archiveUpTo(1);

    load(all(), archive.topics);
    archiveUpTo(2);

    assertThat(archive.kafka.readAll(topic)).hasSize(2);
    assertThat(archive.files()).hasSize(1);
  }

  @Test
  void selectsTablesAndDays() throws Exception {
    Schema schema = SampleEvents.schema("");
    archive.send(
        List.of(
            events.change(schema, "c", SampleEvents.row(schema, 1L), DAY_ONE, 90, 100),
            events.change(schema, "c", SampleEvents.row(schema, 2L), DAY_TWO, 91, 101)));
    archiveUpTo(2);
    LocalDate two = LocalDate.parse("2026-03-02");

    assertThat(load(selection(Optional.of(two), Optional.empty()), archive.topics).rows())
        .isEqualTo(1);
    assertThat(load(selection(Optional.empty(), Optional.of(two)), archive.topics).rows())
        .isEqualTo(2);
    assertThatThrownBy(
            () -> load(selection(Optional.of(two.plusDays(1)), Optional.empty()), archive.topics))
        .hasMessageContaining("no files under s3://" + archive.bucket + "/cdc/");
  }

  @Test
  void aSourceWithRulesTakesOnlyWhatHasPassedRules() throws Exception {
    Schema schema = SampleEvents.schema("");
    ProducerRecord<byte[], byte[]> passed =
        events.change(schema, "c", SampleEvents.row(schema, 1L), DAY_ONE, 90, 100);
    passed.headers().add(Obfuscate.HEADER, "true".getBytes(StandardCharsets.UTF_8));
    archive.send(
        List.of(
            passed,
            events.sweep(DAY_ONE, 91, 101),
            events.change(schema, "c", SampleEvents.row(schema, 2L), DAY_TWO, 91, 102)));
    archiveUpTo(3);
    Optional<LocalDate> one = Optional.of(LocalDate.parse("2026-03-01"));
    LoadTarget hidden =
        new LoadTarget(
            archive.topics, true, SampleEvents.PLACEHOLDER, OptionalInt.of(3), topic -> Set.of());

    assertThatThrownBy(() -> load(all(), hidden))
        .hasMessageContaining("2026-03-02")
        .hasMessageContaining("its rows have passed no rules of obfuscation");
    assertThat(load(selection(Optional.empty(), one), hidden).rows()).isEqualTo(2);
    assertThat(archive.kafka.readAll(topic).get(3).headers().lastHeader(Obfuscate.HEADER))
        .isNotNull();
  }

  /** All that streams afterwards would count as older, for good. */
  @Test
  void rowsOfALaterEpochOrOfAnotherDeploymentWantANewerEpoch() throws Exception {
    Schema schema = SampleEvents.schema("");
    archive.send(
        List.of(
            events.change(schema, "c", SampleEvents.row(schema, 1L), DAY_ONE, 90, 100),
            events.change(schema, "c", SampleEvents.row(schema, 2L), DAY_TWO, 91, 101),
            events.sweep(DAY_TWO, 91, 101)));
    archiveUpTo(3);
    LoadTarget other =
        new LoadTarget(archive.topics, false, "another", OptionalInt.of(3), topic -> Set.of());
    LoadTarget begins =
        new LoadTarget(archive.topics, false, "another", OptionalInt.empty(), topic -> Set.of());

    for (LoadTarget refused : List.of(other, target(archive.topics, 2, Set.of()))) {
      assertThatThrownBy(() -> load(all(), refused))
          .hasMessageContainingAll("more files: another deployment's", "--new-epoch");
    }
    assertThat(archive.kafka.readAll(topic)).hasSize(3);
    assertThat(load(all(), target(archive.topics, 4, Set.of())).rows()).isEqualTo(3);
    assertThat(load(all(), begins).rows()).isEqualTo(3);
  }

  /** An event with another key would stop the table, and all that streams behind it. */
  @Test
  void rowsWithAnotherKeyThanTheTableHasNowAreRefused() throws Exception {
    Schema schema = SampleEvents.schema("");
    archive.send(
        List.of(events.change(schema, "c", SampleEvents.row(schema, 1L), DAY_ONE, 90, 100)));
    archiveUpTo(1);
    Set<String> id = Set.of("id");

    for (Set<Set<String>> keys :
        List.of(Set.of(Set.of("id", "kind")), Set.of(id, Set.of("other")))) {
      assertThatThrownBy(() -> load(all(), target(archive.topics, 3, keys)))
          .hasMessageContaining("the table's key is [id] there, and now");
    }
    assertThat(archive.kafka.readAll(topic)).hasSize(1);
    assertThat(load(all(), target(archive.topics, 3, Set.of(id))).rows()).isEqualTo(1);
  }

  @Test
  void nothingIsLoadedIfAnyFileIsNotAsItsManifestSaysAndAllAreNamed() throws Exception {
    Schema schema = SampleEvents.schema("");
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int day = 0; day < 5; day++) {
      Instant time = DAY_ONE.plus(Duration.ofDays(day));
      records.add(
          events.change(schema, "c", SampleEvents.row(schema, 1L, "Secret"), time, 90, 100 + day));
    }
    archive.send(records);
    archiveUpTo(5);
    List<String> keys = List.copyOf(archive.files().keySet());
    put(keys.get(0), "not gzip".getBytes(StandardCharsets.UTF_8));
    put(keys.get(1), archive.bytes(keys.get(2)));
    archive.s3.client().deleteObject(request -> request.bucket(archive.bucket).key(keys.get(3)));
    String manifest = keys.get(4).replace(Manifest.FILE_ENDING, Manifest.ENDING);
    put(manifest, "{".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> load(all(), archive.topics))
        .isInstanceOf(ArchiveProblemsException.class)
        .hasMessageContainingAll(
            keys.get(0) + ": it is damaged",
            keys.get(1) + ": its checksum is not that of its manifest",
            keys.get(3) + ": it is not there, its manifest is",
            manifest + ": is no manifest")
        .message()
        .doesNotContain("Secret");
    assertThat(archive.kafka.readAll(topic)).hasSize(5);
  }

  @Test
  void anotherArchiverGoesOnWhereOneEndedInTheMiddleOfAFile() throws Exception {
    Schema schema = SampleEvents.schema("");
    for (long id = 0; id < 25; id++) {
      archive.send(
          List.of(events.change(schema, "c", SampleEvents.row(schema, id), DAY_ONE, 90, id)));
    }
    ArchiveConfig tens = archive.config(10, Duration.ofHours(1));

    try (Archiver ended = archive.open(tens)) {
      ended.run(() -> committed() == 20, () -> {});
    }
    archiveUpTo(25);

    assertThat(archive.files().values().stream().mapToInt(lines -> lines.size() - 1))
        .containsExactly(10, 10, 5);
  }

  private void archiveUpTo(long offset) throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    try (Archiver archiver = archive.open(archive.config(1_000, Duration.ofSeconds(1)))) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  archiver.run(stop::get, () -> {});
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      thread.start();
      try {
        await().atMost(Duration.ofSeconds(30)).until(() -> committed() >= offset);
      } finally {
        stop.set(true);
        thread.join();
      }
    }
  }

  private long committed() {
    try {
      return archive.committed(topic);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private ArchiveLoad.Loaded load(ArchiveFiles.Selection selection, Topics into)
      throws IOException {
    return load(selection, target(into, 3, Set.of()));
  }

  private static LoadTarget target(Topics into, int epoch, Set<Set<String>> keys) {
    return new LoadTarget(
        into, false, SampleEvents.PLACEHOLDER, OptionalInt.of(epoch), topic -> keys);
  }

  private ArchiveLoad.Loaded load(ArchiveFiles.Selection selection, LoadTarget target)
      throws IOException {
    ArchiveConfig config = archive.config(1, Duration.ofHours(1));
    try (ArchiveStore store = ArchiveStore.open(config);
        KafkaProducer<byte[], byte[]> producer = archive.producer()) {
      ArchiveFiles files = ArchiveFiles.verified(config, store, selection, target);
      return new ArchiveLoad(registry).run(files, target, producer);
    }
  }

  private ArchiveFiles.Selection all() {
    return selection(Optional.empty(), Optional.empty());
  }

  private ArchiveFiles.Selection selection(Optional<LocalDate> from, Optional<LocalDate> to) {
    return new ArchiveFiles.Selection(
        archive.topics.set(), "qvp", "public.users"::equals, from, to);
  }

  private void put(String key, byte[] bytes) {
    archive
        .s3
        .client()
        .putObject(
            request -> request.bucket(archive.bucket).key(key), RequestBody.fromBytes(bytes));
  }

  private static List<String> file(Map<String, List<String>> files, String prefix, int number) {
    return files.get(key(files, prefix, number));
  }

  private static String key(Map<String, List<String>> files, String prefix, int number) {
    return files.keySet().stream().filter(key -> key.startsWith(prefix)).toList().get(number);
  }

  /** All that a reader of the event is told. */
  private String told(ConsumerRecord<byte[], byte[]> record) {
    GenericRecord decoded = decoded(record);
    Event event = EventReader.read(decoded, record.headers()).orElseThrow();
    Object source = AvroFields.get(decoded, "source");
    return String.join(
        "|",
        event.op(),
        String.valueOf(event.row()),
        event.time().toString(),
        event.position().toString(),
        String.valueOf(source),
        record.key() == null ? "" : new String(record.key(), StandardCharsets.ISO_8859_1));
  }

  private GenericRecord decoded(ConsumerRecord<byte[], byte[]> record) {
    WireReader reader = new WireReader(registry, WithoutFingerprint.ACCEPT);
    return ((Decoding.Decoded) reader.decode(record.value(), record.headers())).record();
  }
}
