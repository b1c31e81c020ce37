package io.riffle.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What commands leave in {@code riffle.activity}: asked before, outcome after, refusals too. */
@ExtendWith(PostgresExtension.class)
class CommandActivityTest {
  private static final String ME = System.getProperty("user.name");
  private static final String VALUE = "1234567HEALTH";

  @TempDir Path home;
  @TempDir Path files;
  private final TestPostgres server;
  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private CommandDatabase database;

  CommandActivityTest(TestPostgres server) {
    this.server = server;
  }

  @BeforeEach
  void setUp() throws IOException {
    database = CommandDatabase.in(home, server);
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  @Test
  void whatIsDoneAboutRejects() throws Exception {
    rejects();
    riffle(0, "rejects", "discard", "2", "--reason", "ticket 7", "--by", "ann", "--dry-run");
    riffle(0, "rejects", "purge", "--settled-before", "1h", "--dry-run");
    assertThat(database.activity()).as("nothing was done").isEmpty();

    riffle(1, "rejects", "redrive", "--cause", "check_violation", "--by", "ann");
    riffle(0, "rejects", "discard", "2", "--reason", "ticket 7", "--by", "ann", "--purge-raw");
    riffle(0, "rejects", "purge", "--settled-before", "2026-01-01T00:00:00Z", "--type", "PDE");
    riffle(0, "rejects", "show", "1", "--raw");
    riffle(0, "rejects", "export", "--raw", "--out", files.resolve("export.csv").toString());

    String discard = "1 by number: [2], with the records as they came";
    String purge = "type PDE, settled before 2026-01-01T00:00:00Z";
    assertThat(database.activity())
        .containsExactly(
            "ann | REDRIVE_ASKED | cause CHECK_VIOLATION | OPEN",
            "ann | REDRIVE | cause CHECK_VIOLATION | OPEN | 0 REDRIVING, 1 refused",
            "ann | DISCARD_ASKED | " + discard + " | OPEN",
            "ann | DISCARD | " + discard + " | OPEN | 1 DISCARDED, 0 refused",
            ME + " | PURGE_ASKED | " + purge,
            ME + " | PURGE | " + purge + " | 0 records purged",
            ME + " | SHOW_VALUES | reject 1",
            ME + " | SHOW_VALUES | rejects: all");
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains(VALUE);
  }

  @Test
  void whatIsDoneToReplays() throws Exception {
    replay();
    riffle(1, "replay", "plan", "--table", "no_such_table", "--by", "ann");
    riffle(0, "replay", "cancel", "1", "--by", "ann");
    riffle(1, "replay", "run", "1", "--by", "ann");
    riffle(0, "replay", "drop", "1");

    String replay = "replay 1: table ccw.carrier_claims";
    assertThat(database.activity())
        .containsExactly(
            "ann | REPLAY_PLAN_ASKED | table no_such_table",
            "ann | REPLAY_PLAN | table no_such_table | failed: ReplayException",
            "ann | REPLAY_CANCEL_ASKED | " + replay + " | PLANNED",
            "ann | REPLAY_CANCEL | " + replay + " | PLANNED | CANCELLED",
            "ann | REPLAY_RUN_ASKED | " + replay + " | CANCELLED",
            "ann | REPLAY_RUN | " + replay + " | CANCELLED | CANCELLED, did not come to its end",
            ME + " | REPLAY_DROP_ASKED | " + replay + " | CANCELLED",
            ME + " | REPLAY_DROP | " + replay + " | CANCELLED | CANCELLED, dropped");
  }

  @Test
  void aPlanCountsKeysAndNamesNone() throws Exception {
    riffle(1, "replay", "plan", "--type", "NONE", "--key", "-4711,-4712", "--by", "ann");

    assertThat(database.activity())
        .hasSize(2)
        .first()
        .isEqualTo("ann | REPLAY_PLAN_ASKED | 2 keys of NONE");
    assertThat(String.join(" ", database.activity())).doesNotContain("4711", "4712");
  }

  @Test
  void whatIsAskedOfCapturedDatabases() throws Exception {
    source();
    Path password = Files.writeString(files.resolve("pw"), "hidden");
    riffle(0, "cdc", "pause", "qvp", "--by", "ann");
    riffle(0, "cdc", "resume", "qvp", "--by", "ann");
    riffle(0, "cdc", "snapshot", "qvp", "public.requests", "--by", "ann");
    riffle(1, "cdc", "snapshot", "other", "--new-epoch", "--by", "ann");
    riffle(1, "cdc", "rules", "qvp", "none.yaml", "--by", "ann");
    riffle(1, "cdc", "remove", "qvp", "--wait", "0s");
    riffle(1, "cdc", "load-archive", "other", "--tables", "a.b", "--by", "ann");
    String[] added = {"--url", "jdbc:postgresql://127.0.0.1:9/x", "--user", "u", "--tables", "a.b"};
    riffle(1, join(added, "cdc", "add", "svp", "--password-file", password.toString()));

    assertThat(database.activity())
        .filteredOn(row -> !row.contains("_ASKED"))
        .containsExactly(
            "ann | CDC_PAUSE | qvp | PAUSED",
            "ann | CDC_RESUME | qvp | RUNNING",
            "ann | CDC_SNAPSHOT | qvp public.requests | REQUESTED",
            "ann | CDC_SNAPSHOT | other with a new epoch | failed: StackException",
            "ann | CDC_RULES | qvp | failed: StackException",
            ME + " | CDC_REMOVE | qvp | not removed yet",
            "ann | CDC_LOAD_ARCHIVE | other a.b | failed: StackException",
            ME + " | CDC_ADD | svp: a.b | not added, 1 problems");
    assertThat(database.activity()).filteredOn(row -> row.contains("_ASKED")).hasSize(8);
    assertThat(String.join(" ", database.activity())).doesNotContain("hidden");
  }

  @Test
  void aLoadIsNotedWithItsManifests() throws Exception {
    Path folder = Files.createDirectory(files.resolve("set"));
    Files.writeString(
        folder.resolve("7_manifest.xml"), "<dataSetManifest timestamp='2026-11-20T10:00:00Z'/>");
    riffle(1, "load", folder.toString());

    String manifest = "Incoming/2026-11-20T10:00:00Z/7_manifest.xml";
    assertThat(database.activity())
        .containsExactly(
            ME + " | LOAD_ASKED | " + manifest,
            ME + " | LOAD | " + manifest + " | failed: SdkClientException");
  }

  @Test
  void aProgramUnderTheLeaseIsNotedWithoutItsArguments() throws Exception {
    riffle(3, "lease", "exec", "--", "sh", "-c", "exit 3");

    assertThat(database.activity())
        .containsExactly(ME + " | LEASE_EXEC_ASKED | sh", ME + " | LEASE_EXEC | sh | exit code 3");
  }

  /** Such as what brings it to this build. */
  @Test
  void aDatabaseWithoutActivitiesKeepsNoProgramFromTheLease() throws Exception {
    database.execute("DROP TABLE riffle.activity");

    riffle(3, "lease", "exec", "--", "sh", "-c", "exit 3");
  }

  @Test
  void whatCannotBeNotedIsNotDone() throws Exception {
    source();
    database.execute("DROP TABLE riffle.activity");

    riffle(1, "cdc", "pause", "qvp");

    database.execute(
        "DO $$ BEGIN IF (SELECT wanted FROM riffle.cdc_sources) <> 'RUNNING'"
            + " THEN RAISE 'paused'; END IF; END $$");
  }

  @Test
  void aLookAtARecordIsNotedWithItsTypeNotWithItsKey() throws Exception {
    database.execute("DROP TABLE riffle.generations CASCADE");
    riffle(1, "record", "carrier", "-4711");
    riffle(1, "record", "CARRIER", "-4711", "--no-values");

    assertThat(database.activity())
        .containsExactly(
            ME + " | SHOW_VALUES | a record of CARRIER",
            ME + " | RECORD_LOOKUP | a record of CARRIER");
  }

  private void riffle(int exitCode, String... arguments) {
    assertThat(database.riffle(arguments))
        .as(() -> String.join(" ", arguments) + ": " + printed.toString(StandardCharsets.UTF_8))
        .isEqualTo(exitCode);
  }

  private static String[] join(String[] last, String... first) {
    String[] all = Arrays.copyOf(first, first.length + last.length);
    System.arraycopy(last, 0, all, first.length, last.length);
    return all;
  }

  /** Two rejects of no known file, with what came. */
  private void rejects() throws Exception {
    database.execute(
        """
        INSERT INTO riffle.rejects (file_id, attempt, type, stage, record, line, rows, at, column_name, reason,
            sql_state, topic, partition, "offset", raw_bytes, raw_kept) VALUES
          (NULL, 0, 'PDE', 'SINK', 0, 0, 0, 0, NULL, 'CHECK_VIOLATION', '23514', 'r', 0, 3, 3, 3),
          (NULL, 0, 'PDE', 'MERGE', 0, 0, 0, 0, NULL, 'UNDECODABLE', NULL, 'r', 0, 4, 3, 3);
        INSERT INTO riffle.rejects_raw SELECT reject_id, '%s'::bytea FROM riffle.rejects;
        """
            .formatted(VALUE));
  }

  private void replay() throws Exception {
    database.execute(
        "INSERT INTO riffle.replays (mode, scope, type, topic, planned_by, records_planned) VALUES"
            + " ('MERGE', 'table ccw.carrier_claims', 'CARRIER', 'main.merged.carrier', 'bob', 1)");
  }

  private void source() throws Exception {
    database.execute(
        """
        INSERT INTO riffle.cdc_sources (source, url, username, secret, tables, chunk_rows, reload_seconds, new_epoch,
            state, epoch, system_identifier, timeline, slot_lsn, added_by)
          VALUES ('qvp', 'jdbc:postgresql://h/qvp', 'u', 'file:qvp', '{public.requests}', 1000, 3600, false,
            'STREAMING', 1, 's', 1, 5, 'somebody');
        INSERT INTO riffle.cdc_tables VALUES ('qvp', 'public', 'requests', '{id}');
        """);
  }
}
