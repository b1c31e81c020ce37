package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.infra.site.PortPolicy;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.ServiceState;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.client.Rest;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.Ledger;
import io.riffle.operations.load.DataSetLoad;
import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.SetName;
import io.riffle.schemas.ddl.MigrationProposal;
import io.riffle.schemas.layout.Layouts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A column is added: one line in a layout, the migration that follows from it, and programs that
 * are started again. In a partition set of its own, whose programs know two layouts in turn.
 */
@Tag("full")
@Tag("columns")
class AddedColumnIT {

  private static final String NEW_COLUMN =
      "  - {name: RX_NEW_CD, kind: string, length: 4, since: 2, description: 'Just added'}\n";
  private static final SetName SET = new SetName("added");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int RECORDS = 40;

  private final Chain main = Chain.shared();
  private final long first = Chain.claimRecords(4 * RECORDS);
  @TempDir Path folder;
  private LocalStack stack = stack().open();

  /** The programs of the set; those of other sets go on. */
  @AfterEach
  void stopPrograms() {
    stack.status().stream()
        .filter(status -> status.name().endsWith("-" + SET))
        .filter(status -> status.state() == ServiceState.RUNNING)
        .forEach(status -> stack.kill(status.name()));
  }

  @Test
  void oldAndNewFilesLoadAndAMergeBackfillsTheColumn() throws Exception {
    Layouts old = Chain.LAYOUTS;
    stack.start();
    allApplied(load(write("stored", old, "PDE", first, RECORDS)));
    List<String> late = mergedButNotStored(write("late", old, "PDE", first + RECORDS, RECORDS));

    assertThat(stored(1)).isZero();

    Path layouts = layoutsWithTheNewColumn();
    Layouts edited = Layouts.load(layouts);
    migrate(edited);
    stack = stack().layouts(layouts).open();
    stack.start();
    sink("resume");

    allApplied(await(late));
    assertThat(differences(edited, "late", Optional.empty())).isZero();
    allApplied(load(write("new", edited, "PDE", first + 2 * RECORDS, RECORDS)));
    allApplied(load(write("narrow", old, "PDE", first + 3 * RECORDS, RECORDS)));
    assertThat(values(2)).isPositive();
    assertThat(values(0) + values(1) + values(3)).isZero();

    allApplied(load(write("merge", edited, "PDE_MERGE", first, 2 * RECORDS)));
    Path merge = folder.resolve("merge/pde_merge_1.csv");
    assertThat(differences(edited, "stored", Optional.of(merge))).isZero();
    assertThat(differences(edited, "late", Optional.of(merge))).isZero();
    assertThat(differences(edited, "new", Optional.empty())).isZero();
    assertThat(differences(edited, "narrow", Optional.empty())).isZero();
    assertThat(values(0) + values(1)).isEqualTo(2 * RECORDS);
  }

  /** Data sets that other tests have left in the bucket are none of this set's business. */
  private LocalStack.Builder stack() {
    return LocalStack.in(main.stack().home())
        .set(SET)
        .ports(PortPolicy.FREE)
        .variable("RIFFLE_MERGE_TYPES", "PDE")
        .variable("RIFFLE_SCAN_WINDOW", "1s");
  }

  /** The engineer's edit: the shipped file and one line. */
  private Path layoutsWithTheNewColumn() throws IOException {
    Path layouts = Files.createDirectory(folder.resolve("layouts"));
    try (InputStream in = Layouts.class.getResourceAsStream("/io/riffle/layouts/PDE.yaml")) {
      String shipped = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(layouts.resolve("PDE.yaml"), shipped + NEW_COLUMN);
    }
    return layouts;
  }

  private void migrate(Layouts edited) throws SQLException {
    try (Connection connection = database().getConnection();
        Statement statement = connection.createStatement()) {
      MigrationProposal proposal =
          MigrationProposal.between(edited, connection, Endpoints.TABLES_SCHEMA);
      assertThat(proposal.problems()).isEmpty();
      assertThat(proposal.statements())
          .containsExactly("ALTER TABLE ${tables}.partd_events\n  ADD COLUMN rx_new_cd varchar(4)");
      statement.execute(proposal.sql().replace("${tables}", Endpoints.TABLES_SCHEMA));
      assertThat(MigrationProposal.between(edited, connection, Endpoints.TABLES_SCHEMA).isEmpty())
          .isTrue();
    }
  }

  private Path write(String name, Layouts layouts, String type, long from, long records)
      throws IOException {
    Path set = folder.resolve(name);
    List<Entry> entries = List.of(Entry.parse(layouts, type));
    new DataSetGenerator(
            new GenerateRequest(entries, from, records, 5, 0, false, 7, Chain.nextInstant(), 1))
        .write(set);
    return set;
  }

  private List<FileStatus> load(Path set) throws IOException, SQLException, InterruptedException {
    return await(load().upload(set));
  }

  private List<FileStatus> await(List<String> manifests) throws SQLException, InterruptedException {
    return load().await(manifests, PATIENCE, files -> {});
  }

  private DataSetLoad load() {
    DataSource database = database();
    Ledger ledger = new Ledger(database, Endpoints.TABLES_SCHEMA);
    return new DataSetLoad(main.s3(), main.bucket(), database, ledger);
  }

  private DataSource database() {
    return PostgresClient.dataSource(stack.endpoints());
  }

  /** The sink waits: what the merge writes by the old layout will be read with the new one. */
  private List<String> mergedButNotStored(Path set)
      throws IOException, SQLException, InterruptedException {
    sink("pause");
    Awaitility.await("no task of the sink runs")
        .atMost(PATIENCE)
        .until(() -> !Rest.get(sinkUri("status")).contains("RUNNING"));
    List<TopicPartition> merged =
        IntStream.range(0, Chain.LAYOUTS.get("PDE").partitions())
            .mapToObj(partition -> new TopicPartition(SET + ".merged.pde", partition))
            .toList();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(merged);
      consumer.seekToEnd(merged);
      merged.forEach(consumer::position); // now, not at the first poll
      List<String> manifests = load().upload(set);
      AtomicInteger seen = new AtomicInteger();
      Awaitility.await("records and their barriers on the merged topic")
          .atMost(PATIENCE)
          .until(
              () -> seen.addAndGet(consumer.poll(Duration.ofMillis(100)).count()),
              count -> count >= RECORDS + merged.size());
      return manifests;
    }
  }

  private void sink(String state) throws IOException, InterruptedException {
    Rest.sendJson("PUT", sinkUri(state), "");
  }

  private URI sinkUri(String path) {
    return stack.endpoints().connectUrl().resolve("/connectors/" + SET + "-db-sink/" + path);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            stack.endpoints().bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private long differences(Layouts layouts, String set, Optional<Path> merge) throws Exception {
    return new RifOracle(database(), Endpoints.TABLES_SCHEMA, layouts.get("PDE"))
        .differences(folder.resolve(set + "/pde_1.csv"), merge);
  }

  /** How many records of the n-th file have something in the new column. */
  private long values(int file) throws SQLException {
    return count("rx_new_cd", file);
  }

  /** How many records of the n-th file are in the table. */
  private long stored(int file) throws SQLException {
    return count("*", file);
  }

  private long count(String what, int file) throws SQLException {
    long from = first + (long) file * RECORDS;
    String sql =
        String.format(
            "SELECT count(%s) FROM ccw.partd_events WHERE pde_id BETWEEN %d AND %d",
            what, GenerateRequest.key(from + RECORDS - 1), GenerateRequest.key(from));
    try (Connection connection = database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void allApplied(List<FileStatus> files) {
    assertThat(files).hasSize(1);
    FileStatus.Totals totals = files.get(0).totals().orElseThrow();
    assertThat(files.get(0).state()).isEqualTo("COMPLETED");
    assertThat(totals.applied()).isEqualTo(totals.records());
  }
}
