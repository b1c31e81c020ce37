package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.infra.cli.Riffle;
import io.riffle.infra.dump.CanonicalDump;
import io.riffle.infra.dump.TablesOfRecord;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.operations.client.KafkaAdmin;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.testing.NamedPoint;
import io.riffle.testing.NamedPoint.Call;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The merge state is gone, the topics get other numbers of partitions, whoever does it is killed:
 * tables and totals are as they were, and what comes later finds what came before. On a stack of
 * its own, one test after the other.
 */
@Tag("full")
@Tag("stack")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GenerationIT {
  private static final int RECORDS = 300;
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String PACKAGE = "io.riffle.operations.generation.";

  private static Path home;
  private static Chain chain;
  @TempDir static Path folder;

  private final Cli cli = new Cli(home);

  @BeforeAll
  static void start() throws IOException {
    home = Files.createTempDirectory("riffle-generation");
    chain = Chain.ownIn(home);
  }

  @AfterAll
  static void stop() {
    chain.stack().stop();
    chain.stack().purge();
  }

  @Test
  @Order(1)
  void aLostMergeStateComesBackInTopicsOfOtherSizes() throws Exception {
    Path full = load("full", 1, "CARRIER", "PDE");
    load("more", 1, "OUTPATIENT", "BENEFICIARY", "BENEFICIARY_HISTORY");
    load("patches", 1, "BENEFICIARY_MERGE", "OUTPATIENT_MERGE");
    deleteSome(load("gone", 1, "PDE"));
    load("waiting", 1 + RECORDS, "CARRIER_MERGE");
    long waiting = chain.number("SELECT count(*) FROM riffle.parked");
    assertThat(waiting).isEqualTo(RECORDS);
    Map<String, String> before = dump("before");
    assertThat(before).hasSizeGreaterThan(6);
    String totals = totals();
    loseMergeState();

    long id = plan("--generation", "--partitions", "CARRIER=8,BENEFICIARY=2");
    try (SteadyReader reader = new SteadyReader(chain.database())) {
      killed(id, new Call(PACKAGE + "RawCopy", "commit", 3));
      assertThat(step(id)).isEqualTo("FILL");
      killed(id, new Call(PACKAGE + "MergeEnd", "done", 1));
      assertThat(step(id)).isEqualTo("MERGE");
      killed(id, new Call("io.riffle.sink.rebuild.Swap", "run", 2));
      assertThat(step(id)).isEqualTo("TABLES");
      assertThat(dump("between")).isEqualTo(before);
      nothingIsPlannedOrDroppedMeanwhile(id);

      JsonNode done = json("replay", "run", Long.toString(id));

      assertThat(done.get("state").asText()).isEqualTo("DONE");
      assertThat(done.get("done").asLong()).isPositive();
      assertThat(reader.looks()).isGreaterThan(10);
      assertThat(reader.wrong()).isEmpty();
    }
    assertThat(dump("after")).isEqualTo(before);
    assertThat(totals()).isEqualTo(totals);
    assertThat(chain.number("SELECT count(*) FROM riffle.parked")).isEqualTo(waiting);
    assertThat(chain.number("SELECT count(*) FROM riffle.parked WHERE generation <> 1")).isZero();
    assertThat(chain.number("SELECT min(riffle_generation) FROM ccw.carrier_claims")).isOne();
    for (String type : List.of("carrier", "pde", "beneficiary", "beneficiary_history")) {
      assertThat(records("main.rif." + type + ".g1"))
          .as("each record once: " + type)
          .isEqualTo(records("main.rif." + type));
    }
    assertThat(partitions("main.merged.carrier.g1")).isEqualTo(8);
    assertThat(partitions("main.rif.beneficiary_history.g1")).isEqualTo(2);

    Path patch = load("later", 1, "CARRIER_MERGE", "PDE_MERGE");
    assertThat(
            chain.differences(
                "CARRIER", csv(full, "CARRIER"), Optional.of(csv(patch, "CARRIER_MERGE"))))
        .isZero();
    load("late", 1 + RECORDS, "CARRIER");
    assertThat(chain.number("SELECT count(*) FROM riffle.parked WHERE type = 'CARRIER'")).isZero();
    assertThat(chain.number("SELECT count(*) FROM ccw.carrier_claims")).isEqualTo(2 * RECORDS);
  }

  @Test
  @Order(2)
  void commandsSpeakOfThePresentGeneration() throws Exception {
    String key = Long.toString(GenerateRequest.key(7));
    assertThat(json("record", "CARRIER", key).get("verdict").asText()).isEqualTo("AGREES");
    assertThat(cli.run(Riffle.NOT_OK, "replay", "plan", "--topic", "main.merged.carrier").err())
        .contains("not of the set's present generation");
    long replay = plan("--table", "carrier_claims");
    assertThat(json("replay", "run", Long.toString(replay)).get("state").asText())
        .isEqualTo("DONE");

    String change =
        chain.text("SELECT max(replay_id) FROM riffle.replays WHERE mode = 'GENERATION'");
    assertThat(json("replay", "drop", change).get("dropped").asBoolean()).isTrue();
    assertThat(topics())
        .doesNotContain("main.rif.carrier", "main.merged.carrier", "main.merged.parked")
        .doesNotContain("main-merge-processor-keys-carrier-changelog")
        .contains("main.rif.carrier.g1", "main.rif.splits", "main.rif.progress");
    assertThat(chain.number("SELECT count(*) FROM pg_namespace WHERE nspname ~ '^riffle_old'"))
        .isZero();
    chain.stack().start();
    load("again", 1 + 2 * RECORDS, "CARRIER");
  }

  @Test
  @Order(3)
  void aFileThatDoesNotGetOnIsInTheWay() throws Exception {
    chain.stack().kill("merge-processor");
    Path set = folder.resolve("stuck");
    write(set, 1 + 3 * RECORDS, "PDE");
    List<String> manifests = chain.load().upload(set);
    await("the file to be on its way")
        .atMost(SOON)
        .until(
            () -> chain.number("SELECT count(*) FROM riffle.files WHERE state = 'LOADING'") == 1);
    long id = plan("--generation");

    assertThat(cli.run(Riffle.NOT_OK, "replay", "run", Long.toString(id), "--patience", "3s").err())
        .contains("1 files are on their way and do not get on", "pde_1.csv");

    assertThat(chain.number("SELECT count(*) FROM riffle.generations WHERE state = 'NEXT'"))
        .isZero();
    chain.stack().restart("merge-processor");
    assertThat(chain.await(manifests)).allMatch(file -> file.state().equals("COMPLETED"));
    assertThat(json("replay", "cancel", Long.toString(id)).get("state").asText())
        .isEqualTo("CANCELLED");
  }

  @Test
  @Order(4)
  void aChangeThatIsCancelledLeavesEverythingAsItWas() throws Exception {
    Map<String, String> before = dump("uncancelled");
    long id = plan("--generation");
    killed(id, new Call(PACKAGE + "MergeEnd", "done", 1));
    int next = (int) chain.number("SELECT max(generation) FROM riffle.generations");

    cli.run(Riffle.OK, "replay", "cancel", Long.toString(id));

    assertThat(topics()).doesNotContain("main.rif.carrier.g" + next);
    assertThat(cli.run(Riffle.NOT_OK, "replay", "run", Long.toString(id)).err())
        .contains("CANCELLED");
    load("goes on", 1 + 4 * RECORDS, "OUTPATIENT");
    assertThat(dump("cancelled").keySet()).isEqualTo(before.keySet());
  }

  @Test
  @Order(5)
  void claimsWhoseRawRecordsHaveExpiredAreMadeOfMergedAndParkedOnes() throws Exception {
    long first = 1 + 5 * RECORDS;
    Path base = load("base", first, "CARRIER", "OUTPATIENT");
    Path early = load("early", first + RECORDS, "CARRIER_MERGE");
    long waiting = chain.number("SELECT count(*) FROM riffle.parked");
    Map<String, String> before = dump("complete");
    cut(raw("carrier"), -1);
    cut(raw("outpatient"), 100);

    assertThat(cli.run(Riffle.OK, "replay", "plan", "--generation").out())
        .contains(raw("carrier") + " lacks", "made of merged and parked records");
    long id = plan("--generation");
    killed(id, new Call(PACKAGE + "RemainsCopy", "ofMerged", 50));
    assertThat(json("replay", "run", Long.toString(id)).get("state").asText()).isEqualTo("DONE");

    assertThat(
            chain.text(
                "SELECT string_agg(type, ' ' ORDER BY type) FROM riffle.generation_types"
                    + " WHERE source = 'MERGED' AND replay_id = "
                    + id))
        .isEqualTo("CARRIER OUTPATIENT");
    assertThat(dump("made")).isEqualTo(before);
    assertThat(chain.number("SELECT count(*) FROM riffle.parked")).isEqualTo(waiting);
    Path patch = load("patch", first, "CARRIER_MERGE", "OUTPATIENT_MERGE");
    for (String type : List.of("CARRIER", "OUTPATIENT")) {
      Path merge = csv(patch, type + "_MERGE");
      assertThat(chain.differences(type, csv(base, type), Optional.of(merge))).as(type).isZero();
    }
    Path awaited = load("awaited", first + RECORDS, "CARRIER");
    assertThat(
            chain.differences(
                "CARRIER", csv(awaited, "CARRIER"), Optional.of(csv(early, "CARRIER_MERGE"))))
        .isZero();
    Map<String, String> newest = dump("newest");
    Path late = folder.resolve("late and old");
    Instant yesterday = Chain.nextInstant().minus(Duration.ofDays(1));
    write(late, first, yesterday, 12, "CARRIER", "OUTPATIENT");
    assertThat(chain.load(late)).allMatch(file -> file.state().equals("COMPLETED"));
    assertThat(dump("not older")).isEqualTo(newest);
  }

  @Test
  @Order(6)
  void personsWhoseRecordsAreGoneAreRefused() throws Exception {
    String history = raw("beneficiary_history");
    try (Admin admin = KafkaAdmin.open(chain.stack().endpoints())) {
      admin.deleteTopics(List.of(history)).all().get();
      await().atMost(SOON).until(() -> !topics().contains(history));
      admin.createTopics(List.of(new NewTopic(history, 2, (short) 1))).all().get();
    }
    long id = plan("--generation");
    assertThat(cli.run(Riffle.NOT_OK, "replay", "run", Long.toString(id)).err())
        .contains(history + " lacks", "made again");

    cut(raw("beneficiary"), 5);
    assertThat(cli.run(Riffle.NOT_OK, "replay", "plan", "--generation").err())
        .contains(raw("beneficiary") + " lacks", "have expired");
    assertThat(chain.number("SELECT count(*) FROM riffle.generations WHERE state = 'NEXT'"))
        .isZero();
  }

  /** The raw topic of the present generation. */
  private static String raw(String type) throws Exception {
    return "main.rif."
        + type
        + ".g"
        + chain.number("SELECT generation FROM riffle.generations WHERE state = 'CURRENT'");
  }

  /** As retention does. */
  private static void cut(String topic, long before) throws Exception {
    Map<TopicPartition, RecordsToDelete> cut = new HashMap<>();
    for (int partition = 0; partition < partitions(topic); partition++) {
      cut.put(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before));
    }
    try (Admin admin = KafkaAdmin.open(chain.stack().endpoints())) {
      admin.deleteRecords(cut).all().get();
    }
  }

  private static void loseMergeState() throws Exception {
    chain.stack().kill("merge-processor");
    try (Stream<Path> files = Files.walk(home.resolve("data/merge-processor/state"))) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
    try (Admin admin = KafkaAdmin.open(chain.stack().endpoints())) {
      List<String> changelogs =
          topics().stream().filter(name -> name.endsWith("-changelog")).toList();
      assertThat(changelogs).isNotEmpty();
      admin.deleteTopics(changelogs).all().get();
    }
  }

  /** The run stands where the call is made, and is killed there. */
  private static void killed(long id, Call call) throws Exception {
    try (NamedPoint point = NamedPoint.at(call)) {
      Process run =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  point.jvmOption(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Riffle.class.getName(),
                  "--home",
                  home.toString(),
                  "replay",
                  "run",
                  Long.toString(id))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("run.log").toFile())
              .start();
      try {
        point.reach();
      } finally {
        run.destroyForcibly().waitFor();
      }
    }
  }

  private static String step(long id) throws Exception {
    return chain.text("SELECT step FROM riffle.generations WHERE replay_id = " + id);
  }

  private static Path load(String name, long first, String... types) throws Exception {
    Path set = folder.resolve(name);
    write(set, first, types);
    List<FileStatus> files = chain.load(set);
    assertThat(files).as(name).allMatch(file -> file.state().equals("COMPLETED"));
    return set;
  }

  private static void write(Path set, long first, String... types) throws IOException {
    write(set, first, Chain.nextInstant(), 11, types);
  }

  private static void write(Path set, long first, Instant instant, long seed, String... types)
      throws IOException {
    List<Entry> entries = Stream.of(types).map(type -> Entry.parse(Chain.LAYOUTS, type)).toList();
    new DataSetGenerator(
            new GenerateRequest(entries, first, RECORDS, 40, 0, true, seed, instant, 1))
        .write(set);
  }

  /** Every third record of a file is delivered once more, as a DELETE. */
  private static void deleteSome(Path set) throws Exception {
    Path again = folder.resolve("deletes");
    write(again, 1, "PDE");
    List<String> lines = Files.readAllLines(csv(set, "PDE"));
    List<String> kept = new ArrayList<>(List.of(lines.get(0)));
    for (int i = 1; i < lines.size(); i += 3) {
      kept.add(lines.get(i).replaceFirst("^INSERT", "DELETE"));
    }
    Files.write(csv(again, "PDE"), kept);
    assertThat(chain.load(again)).allMatch(file -> file.state().equals("COMPLETED"));
    assertThat(chain.number("SELECT count(*) FROM ccw.partd_events")).isEqualTo(RECORDS * 2 / 3);
  }

  private static Path csv(Path set, String type) {
    return set.resolve(type.toLowerCase(Locale.ROOT) + "_1.csv");
  }

  private static Map<String, String> dump(String name) throws Exception {
    Path to = folder.resolve("dump-" + name);
    new CanonicalDump(chain.database(), Chain.TABLES).write(TablesOfRecord.of(Chain.LAYOUTS), to);
    Map<String, String> tables = new TreeMap<>();
    try (Stream<Path> files = Files.list(to)) {
      for (Path file : files.toList()) {
        tables.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return tables;
  }

  /** The first tables are exchanged; those that they replaced stay. */
  private void nothingIsPlannedOrDroppedMeanwhile(long id) throws Exception {
    long child =
        chain.number(
            "SELECT min(replay_id) FROM riffle.replays WHERE state = 'DONE' AND parent = " + id);
    assertThat(cli.run(Riffle.NOT_OK, "replay", "drop", Long.toString(child)).err())
        .contains("is part of a change of generation that is under way");
    assertThat(
            chain.number(
                "SELECT count(*) FROM pg_namespace WHERE nspname = 'riffle_old_" + child + "'"))
        .isOne();
    assertThat(cli.run(Riffle.NOT_OK, "replay", "plan", "--table", "partd_events").err())
        .contains("the generation of the set changes");
  }

  private static String totals() throws Exception {
    return chain.text(
        "SELECT string_agg(concat_ws('/', file_id, attempt, records, applied, older, duplicate, parked,"
            + " rejected, closed_at), ' ' ORDER BY file_id, attempt) FROM riffle.file_attempts");
  }

  private static Set<String> topics() throws Exception {
    try (Admin admin = KafkaAdmin.open(chain.stack().endpoints())) {
      return admin.listTopics().names().get();
    }
  }

  /** Those of keys, not barriers. */
  private static long records(String topic) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            chain.stack().endpoints().bootstrapServers(),
            "isolation.level",
            "read_committed");
    long records = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(one -> new TopicPartition(topic, one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          records += record.key()[0] == 'b' ? 0 : 1;
        }
      }
    }
    return records;
  }

  private static int partitions(String topic) throws Exception {
    try (Admin admin = KafkaAdmin.open(chain.stack().endpoints())) {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get()
          .get(topic)
          .partitions()
          .size();
    }
  }

  private long plan(String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of("replay", "plan"));
    line.addAll(List.of(words));
    return json(line.toArray(String[]::new)).get("replay").asLong();
  }

  private JsonNode json(String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of("-o", "json"));
    line.addAll(List.of(words));
    return new ObjectMapper().readTree(cli.run(Riffle.OK, line.toArray(String[]::new)).out());
  }
}
