package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.FileStatus.Totals;
import io.riffle.operations.rejects.RedriveState;
import io.riffle.operations.rejects.RedriveWait;
import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.RejectLedger;
import io.riffle.operations.rejects.RejectStatus;
import io.riffle.operations.rejects.Taken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rejected records through the whole chain once more, with and without what ails them healed. */
class RedriveIT {

  private static final String FILE = "pde_1.csv";
  private static final int RECORDS = 30;

  private final Chain chain = Chain.shared();
  private final RejectLedger rejects = new RejectLedger(chain.database(), Chain.TABLES);
  @TempDir Path folder;

  /** The operator's rule is gone, whatever came of the test. */
  @AfterEach
  void heal() throws SQLException {
    execute("ALTER TABLE ccw.partd_events DROP CONSTRAINT IF EXISTS operators_rule");
  }

  @Test
  void whatTheDatabaseRefusedIsRedrivenByCauseInAllFilesOnceItTakesIt() throws Exception {
    Path one = generate();
    Path other = generate();
    refuse(key(one, 3) + ", " + key(one, 20) + ", " + key(other, 1));
    String first = rejected(chain.load(one), 2).manifest();
    String second = rejected(chain.load(other), 1).manifest();
    assertThat(differences(one)).isNotZero();

    heal();
    String out = riffle(0, "rejects", "redrive", "--cause", "CHECK_VIOLATION", "--wait");

    assertThat(out).contains("3 now REDRIVING", "DONE");
    for (String manifest : List.of(first, second)) {
      assertThat(file(manifest).state()).isEqualTo("COMPLETED");
    }
    assertThat(totals(first).rejected()).isEqualTo(2);
    assertThat(totals(first).redriven()).isEqualTo(2);
    assertThat(totals(second).redriven()).isEqualTo(1);
    assertThat(differences(one)).as("as if nothing had been refused").isZero();
    assertThat(differences(other)).isZero();
    assertThat(riffle(0, "files", first)).contains("COMPLETED", "REDRIVEN");
    String id = ids(first).get(0).toString();
    assertThat(riffle(1, "rejects", "redrive", id)).contains("not " + id + ": it is REDRIVEN");
    assertThat(riffle(0, "rejects", "show", id))
        .contains("REDRIVEN", "23514", "operators_rule", FILE);
  }

  @Test
  void newerDataThatCameMeanwhileStays() throws Exception {
    long numbers = Chain.claimRecords(RECORDS);
    Path older = folder.resolve("older");
    GenerateRequest request = Chain.request(List.of("PDE"), numbers, RECORDS);
    new DataSetGenerator(request).write(older);
    Path newer = folder.resolve("newer");
    new DataSetGenerator(
            new GenerateRequest(
                request.entries(), numbers, RECORDS, 6, 0, false, 99, Chain.nextInstant(), 1))
        .write(newer);
    String amount = field(older, 5, "TOT_RX_CST_AMT");
    assertThat(field(newer, 5, "TOT_RX_CST_AMT")).isNotEqualTo(amount);
    refuseIf("pde_id = " + key(older, 5) + " AND tot_rx_cst_amt = " + amount);
    String manifest = rejected(chain.load(older), 1).manifest();
    heal();
    assertThat(chain.load(newer).get(0).state()).isEqualTo("COMPLETED");

    redrive(manifest);

    assertThat(file(manifest).state()).isEqualTo("COMPLETED");
    assertThat(totals(manifest).redriven()).isEqualTo(1);
    assertThat(differences(newer)).isZero();
  }

  @Test
  void whatIsStillWrongIsRejectedAgainAndCanBeDiscarded() throws Exception {
    Path set = generate();
    breakDate(set, 4);
    String manifest = rejected(chain.load(set), 1).manifest();
    long before = ids(manifest).get(0);

    RedriveState state = redrive(manifest);

    assertThat(state.isOver()).isTrue();
    assertThat(state.redriven()).isZero();
    assertThat(file(manifest).state()).isEqualTo("COMPLETED_WITH_REJECTS");
    assertThat(totals(manifest).redriven()).isZero();
    List<Long> all = ids(manifest);
    assertThat(all).hasSize(2).contains(before);
    assertThat(status(before)).isEqualTo("SUPERSEDED");
    long again = all.get(0);
    assertThat(status(again)).isEqualTo("OPEN");

    riffle(0, "rejects", "discard", "" + again, "--reason", "the sender knows", "--by", "ann");
    assertThat(riffle(0, "-o", "json", "rejects", "show", "" + again))
        .contains("\"status\":\"DISCARDED\"", "\"statusBy\":\"ann\"", "the sender knows")
        .doesNotContain("31-FEB-2020");
    assertThat(riffle(0, "rejects", "show", "" + again, "--raw")).contains("31-FEB-2020");
    assertThat(riffle(0, "rejects", "export", "--file", manifest)).contains("NOT_A_DATE");
    String csv = folder.resolve("rejects-" + again + ".csv").toString();
    riffle(0, "rejects", "export", "--file", manifest, "--raw", "--out", csv);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(csv))))
        .isEqualTo("rw-------");
    riffle(2, "rejects", "export", "--file", manifest, "--out", csv);
    assertThat(Path.of(csv)).as("is not written over").content().contains("NOT_A_DATE");
    assertThat(riffle(1, "-o", "json", "rejects", "redrive", "" + again, "--wait"))
        .contains("\"why\":\"it is DISCARDED\"", "\"redrives\":[]");
    assertThat(file(manifest).state()).isEqualTo("COMPLETED_WITH_REJECTS");
  }

  @Test
  @Tag("full")
  @Tag("outages")
  void aKilledProducerFinishesTheRedriveWhenItIsBack() throws Exception {
    Path set = generate();
    String manifest = refusedOnce(set, 2, 29);

    Taken taken = rejects.redrive(open(manifest), "test", false);
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () ->
                chain.number(
                        "SELECT count(*) FROM riffle.redrives WHERE status <> 'REQUESTED'"
                            + " AND redrive_id = "
                            + request(taken))
                    > 0);
    chain.stack().kill("rif-producer");
    chain.stack().restart("rif-producer");

    assertThat(awaitEnd(taken).isClean()).isTrue();
    assertThat(file(manifest).state()).isEqualTo("COMPLETED");
    assertThat(differences(set)).isZero();
  }

  @Test
  @Tag("full")
  @Tag("outages")
  void aRedriveThatIsRequestedWhileTheProducerIsAwayIsTakenUpLater() throws Exception {
    Path set = generate();
    String manifest = refusedOnce(set, 7);

    chain.stack().kill("rif-producer");
    String[] redrive = {"rejects", "redrive", "--file", manifest, "--wait", "--patience", "8"};
    Cli.Printed printed = new Cli(chain.stack().home()).run(1, redrive);
    assertThat(printed.err()).containsOnlyOnce("waiting: rif-producer is FAILED");
    assertThat(printed.out()).contains("1 now REDRIVING", "REQUESTED").doesNotContain("waiting:");
    chain.stack().restart("rif-producer");

    long request = chain.number("SELECT max(redrive_id) FROM riffle.redrives");
    assertThat(awaitEnd(request).isClean()).isTrue();
    assertThat(file(manifest).state()).isEqualTo("COMPLETED");
    assertThat(differences(set)).isZero();
  }

  @Test
  @Tag("full")
  @Tag("outages")
  void whoWaitsForARedriveWaitsThroughARestartOfPostgres() throws Exception {
    Path set = generate();
    String manifest = refusedOnce(set, 11);

    chain.stack().kill("rif-producer");
    Taken taken = rejects.redrive(open(manifest), "test", false);
    CountDownLatch looked = new CountDownLatch(1);
    CompletableFuture<RedriveState> waiting =
        CompletableFuture.supplyAsync(() -> awaitEnd(request(taken), looked::countDown));
    assertThat(looked.await(1, TimeUnit.MINUTES)).isTrue();

    chain.stack().kill("postgres");
    chain.stack().restart("postgres");
    chain.stack().restart("rif-producer");

    assertThat(waiting.get(3, TimeUnit.MINUTES).isClean()).isTrue();
    assertThat(differences(set)).isZero();
  }

  private RedriveState awaitEnd(long request, Runnable round) {
    try {
      return new RedriveWait(rejects).await(List.of(request), Duration.ofMinutes(3), round).get(0);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private RedriveState redrive(String manifest) throws Exception {
    return awaitEnd(rejects.redrive(open(manifest), "test", false));
  }

  private RedriveState awaitEnd(Taken taken) throws Exception {
    assertThat(taken.isAll()).isTrue();
    return awaitEnd(request(taken));
  }

  private RedriveState awaitEnd(long request) throws Exception {
    return new RedriveWait(rejects).await(List.of(request), Duration.ofMinutes(2)).get(0);
  }

  private static long request(Taken taken) {
    return taken.done().get(0).redrive().orElseThrow();
  }

  private static RejectFilter open(String manifest) {
    return of(manifest, List.of(RejectStatus.OPEN));
  }

  private static RejectFilter of(String manifest, List<RejectStatus> statuses) {
    return new RejectFilter(
        List.of(),
        Optional.of(manifest),
        Optional.empty(),
        Optional.empty(),
        statuses,
        Optional.empty());
  }

  /** Numbers of the file's rejects, the newest first. */
  private List<Long> ids(String manifest) throws SQLException {
    return rejects.list(of(manifest, List.of()), 100).stream()
        .map(row -> Long.valueOf(row.text("id").orElseThrow()))
        .toList();
  }

  private String status(long reject) throws SQLException {
    return chain.text("SELECT status FROM riffle.rejects WHERE reject_id = " + reject);
  }

  private static FileStatus rejected(List<FileStatus> files, long count) {
    FileStatus file = files.get(0);
    assertThat(file.state()).isEqualTo("COMPLETED_WITH_REJECTS");
    assertThat(file.totals().orElseThrow().rejected()).isEqualTo(count);
    return file;
  }

  private FileStatus file(String manifest) throws Exception {
    return chain.await(List.of(manifest)).get(0);
  }

  private Totals totals(String manifest) throws Exception {
    return file(manifest).totals().orElseThrow();
  }

  private Path generate() throws IOException {
    long first = Chain.claimRecords(RECORDS);
    Path set = folder.resolve("set-" + first);
    new DataSetGenerator(Chain.request(List.of("PDE"), first, RECORDS)).write(set);
    return set;
  }

  private long differences(Path set) throws Exception {
    return chain.differences("PDE", set.resolve(FILE), Optional.empty());
  }

  /** Loads a set; the database refuses these records of it, and would take them afterwards. */
  private String refusedOnce(Path set, int... records) throws Exception {
    List<String> keys = new ArrayList<>();
    for (int record : records) {
      keys.add(key(set, record));
    }
    refuse(String.join(", ", keys));
    String manifest = rejected(chain.load(set), records.length).manifest();
    heal();
    return manifest;
  }

  /** The database refuses events with these keys, as if an operator had told it to. */
  private void refuse(String keys) throws SQLException {
    refuseIf("pde_id IN (" + keys + ")");
  }

  private void refuseIf(String condition) throws SQLException {
    execute(
        "ALTER TABLE ccw.partd_events ADD CONSTRAINT operators_rule CHECK (NOT ("
            + condition
            + ")) NOT VALID");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = chain.database().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String key(Path set, int record) throws IOException {
    return field(set, record, "PDE_ID");
  }

  private static String field(Path set, int record, String column) throws IOException {
    List<String> lines = Files.readAllLines(set.resolve(FILE));
    int at = Arrays.asList(lines.get(0).split("\\|", -1)).indexOf(column);
    return lines.get(record).split("\\|", -1)[at];
  }

  private static void breakDate(Path set, int record) throws IOException {
    Path file = set.resolve(FILE);
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    int at = Arrays.asList(lines.get(0).split("\\|", -1)).indexOf("SRVC_DT");
    String[] fields = lines.get(record).split("\\|", -1);
    fields[at] = "31-FEB-2020";
    lines.set(record, Arrays.stream(fields).collect(Collectors.joining("|")));
    Files.write(file, lines);
  }

  /** What the command prints to stdout. */
  private String riffle(int exitCode, String... arguments) {
    return new Cli(chain.stack().home()).run(exitCode, arguments).out();
  }
}
