package io.riffle.infra.rejects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riffle.infra.ledger.FileStatus;
import io.riffle.infra.ledger.Ledger;
import io.riffle.schemas.ddl.Migrations;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the database does with rejects, whoever asks it: lists, redrives, discards, closes. */
@ExtendWith(PostgresExtension.class)
class RejectLedgerTest {

  private static final String STATUSES =
      "SELECT reject_id, status, status_by, status_note, settled_attempt FROM riffle.rejects"
          + " ORDER BY 1";
  private static final String FILES =
      "SELECT file_name, state, attempt FROM riffle.files ORDER BY 1";

  private final TestPostgres postgres;
  private final RejectLedger rejects;

  RejectLedgerTest(TestPostgres server) {
    postgres = server.another();
    rejects = new RejectLedger(postgres.dataSource(), "ccw");
  }

  /** Two loaded files, a.csv with rejects 1 and 2, b.csv with 3; reject 4 is of no known file. */
  @BeforeEach
  void create() {
    Migrations.migrate(postgres.dataSource(), "ccw");
    postgres.execute(
        """
        INSERT INTO ccw.s3_manifest_files VALUES (1, 'Incoming/t/1_manifest.xml', 'COMPLETED', now(), now(), now());
        INSERT INTO riffle.manifests VALUES
          (1, 'b', 'f', 1, 0, 1, 'hash', 'COMPLETED_WITH_REJECTS', NULL, NULL, now(), now());
        INSERT INTO riffle.files (manifest_id, entry_index, file_name, type, merge, s3_key, state, attempt,
            discovered_at, changed_at) VALUES
          (1, 0, 'a.csv', 'PDE', false, 'Incoming/t/a.csv', 'COMPLETED_WITH_REJECTS', 1, now(), now()),
          (1, 1, 'b.csv', 'PDE', true, 'Incoming/t/b.csv', 'COMPLETED_WITH_REJECTS', 1, now(), now());
        INSERT INTO riffle.file_attempts (file_id, attempt, planned_at, closed_at, lines, records, applied, rejected)
          VALUES (1, 1, now(), now(), 11, 10, 8, 2), (2, 1, now(), now(), 11, 10, 9, 1);
        INSERT INTO riffle.rejects (file_id, attempt, type, stage, record, line, rows, at, column_name, reason,
            sql_state, topic, partition, "offset", raw_bytes, raw_kept) VALUES
          (1, 1, 'PDE', 'PRODUCER', 3, 4, 1, 4, 'SRVC_DT', 'NOT_A_DATE', NULL, 't', 0, 1, 9, 3),
          (1, 1, 'PDE', 'SINK', 5, 6, 1, 6, NULL, 'CHECK_VIOLATION', '23514', 'm', 0, 1, 3, 3),
          (2, 1, 'PDE', 'PRODUCER', 7, 8, 1, 8, '=cmd', 'NOT_A_DATE', NULL, 't', 0, 2, 3, 3),
          (NULL, 0, 'PDE', 'MERGE', 0, 0, 0, 0, NULL, 'UNDECODABLE', NULL, 'r', 0, 3, 3, 3);
        INSERT INTO riffle.rejects_raw SELECT reject_id, 'raw'::bytea FROM riffle.rejects;
        """);
  }

  @Test
  void listsByWhateverIsGiven() throws SQLException {
    assertThat(ids(any())).containsExactly("4", "3", "2", "1");
    assertThat(ids(filter("Incoming/t/a.csv", null, null))).containsExactly("2", "1");
    assertThat(ids(filter("b.csv", null, null))).containsExactly("3");
    assertThat(ids(filter("Incoming/t/", null, null))).containsExactly("3", "2", "1");
    assertThat(ids(filter(null, "NOT_A_DATE", null))).containsExactly("3", "1");
    assertThat(ids(filter(null, "23514", null))).containsExactly("2");
    assertThat(ids(filter(null, null, "PDE_MERGE"))).containsExactly("3");
    assertThat(ids(filter("a.csv", "NOT_A_DATE", "PDE"))).containsExactly("1");
    assertThat(ids(RejectFilter.of(2L, 9L))).containsExactly("2");
    Optional<Instant> later = Optional.of(Instant.now().plusSeconds(60));
    assertThat(
            ids(
                new RejectFilter(
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    later)))
        .isEmpty();
    assertThat(rejects.list(any(), 1)).hasSize(1);
  }

  @Test
  void sumsUpByCause() throws SQLException {
    assertThat(rejects.causes(any()))
        .extracting(cause -> cause.reason() + " " + cause.status() + " " + cause.count())
        .containsExactly("NOT_A_DATE OPEN 2", "CHECK_VIOLATION OPEN 1", "UNDECODABLE OPEN 1");
  }

  @Test
  void aRedriveIsOneRequestForEachFileAndRefusesTheRestOneByOne() throws SQLException {
    Taken taken = rejects.redrive(RejectFilter.of(1L, 2L, 3L, 4L, 77L), "ann", false);

    assertThat(taken.done()).extracting(Taken.Each::reject).containsExactly(1L, 2L, 3L);
    assertThat(taken.done().stream().map(each -> each.redrive().orElseThrow()))
        .containsExactly(1L, 1L, 2L);
    assertThat(taken.refused().stream().map(each -> each.reject() + " " + each.refusal().get()))
        .containsExactly(
            "4 the record of a file that it came from is not known", "77 there is no such reject");
    assertThat(rows(STATUSES))
        .containsExactly(
            "1|REDRIVING|ann|null|null",
            "2|REDRIVING|ann|null|null",
            "3|REDRIVING|ann|null|null",
            "4|OPEN|null|null|null");
    assertThat(rejects.redrive(RejectFilter.of(1L), "ben", false).refused().get(0).refusal())
        .hasValue("it is REDRIVING");
    assertThat(rows("SELECT count(*) FROM riffle.redrives")).containsExactly("2");
  }

  @Test
  void aDryRunChangesNothing() throws SQLException {
    Taken redriven = rejects.redrive(any(), "ann", true);
    Taken discarded = rejects.discard(any(), "ann", "test", true, true);

    assertThat(redriven.done()).hasSize(3);
    assertThat(discarded.done()).hasSize(4);
    assertThat(ids(open())).hasSize(4);
    assertThat(rows("SELECT count(*) FROM riffle.redrives")).containsExactly("0");
  }

  @Test
  void theFileOfARejectedOneMustBeThere() throws SQLException {
    postgres.execute("UPDATE riffle.files SET state = 'REJECTED' WHERE file_id = 1");

    assertThat(rejects.redrive(RejectFilter.of(1L), "ann", false).refused().get(0).refusal())
        .hasValue("its file is REJECTED");
  }

  @Test
  void aDiscardedRejectStaysWithWhoAndWhyAndIsFinal() throws SQLException {
    Taken taken = rejects.discard(RejectFilter.of(1L), "ann", "sent twice", false, false);
    rejects.discard(RejectFilter.of(4L), "ann", "rubbish", true, false);

    assertThat(taken.isAll()).isTrue();
    assertThat(rows(STATUSES))
        .contains("1|DISCARDED|ann|sent twice|null", "4|DISCARDED|ann|rubbish|null");
    assertThat(rejects.raw(1)).isPresent();
    assertThat(rejects.raw(4)).isEmpty();
    assertThat(rows("SELECT raw_kept FROM riffle.rejects WHERE reject_id = 4"))
        .containsExactly("0");
    assertThat(rejects.redrive(RejectFilter.of(1L), "ben", false).refused().get(0).refusal())
        .hasValue("it is DISCARDED");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> rejects.discard(RejectFilter.of(2L), "ann", "  ", false, false))
        .withMessageContaining("for a reason");
  }

  @Test
  void aStatusFollowsTheTableOfMoves() {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> rows("UPDATE riffle.rejects SET status = 'REDRIVEN' RETURNING 1"))
        .withMessageContaining("cannot go from OPEN to REDRIVEN");
  }

  @Test
  void aRefusedRedriveLeavesEverythingAsItWas() throws SQLException {
    rejects.redrive(RejectFilter.of(1L), "ann", false);
    planned(1, 2);
    postgres.execute("SELECT riffle.refuse_redrive(1, 'a.csv is missing')");

    assertThat(rows(STATUSES)).contains("1|OPEN|null|a.csv is missing|null");
    assertThat(rows(FILES)).contains("a.csv|COMPLETED_WITH_REJECTS|2");
    RedriveState state = rejects.redrives(List.of(1L)).get(0);
    assertThat(state.status()).isEqualTo("REFUSED");
    assertThat(state.detail()).hasValue("a.csv is missing");
    assertThat(rejects.redrive(RejectFilter.of(1L), "ann", false).isAll()).isTrue();
  }

  @Test
  void aFileIsCompletedWhenItsLastRejectIsRedriven() throws SQLException {
    rejects.redrive(RejectFilter.of(1L), "ann", false);
    planned(1, 2);
    closed(2, 1, 0);
    assertThat(rows(STATUSES)).contains("1|REDRIVEN|ann|null|2", "2|OPEN|null|null|null");
    assertThat(rows(FILES)).contains("a.csv|COMPLETED_WITH_REJECTS|2");

    rejects.redrive(RejectFilter.of(2L), "ann", false);
    planned(2, 3);
    closed(3, 1, 0);

    assertThat(rows(FILES)).contains("a.csv|COMPLETED|3");
    FileStatus file = file();
    assertThat(file.totals().orElseThrow().attempt()).isEqualTo(1);
    assertThat(file.totals().orElseThrow().rejected()).isEqualTo(2);
    assertThat(file.totals().orElseThrow().redriven()).isEqualTo(2);
    assertThat(file.rejects()).isEmpty();
  }

  @Test
  void aRecordThatIsRejectedAgainHasANewRejectAndTheOldOneIsSuperseded() throws SQLException {
    rejects.redrive(RejectFilter.of(1L, 2L), "ann", false);
    planned(1, 2);
    postgres.execute(
        """
        INSERT INTO riffle.rejects (file_id, attempt, type, stage, record, line, rows, at, reason, topic, partition, "offset")
          VALUES (1, 2, 'PDE', 'PRODUCER', 3, 4, 1, 4, 'NOT_A_DATE', 't', 0, 9)""");
    closed(2, 1, 1);

    assertThat(rows(STATUSES))
        .contains("1|SUPERSEDED|ann|null|2", "2|REDRIVEN|ann|null|2", "5|OPEN|null|null|null");
    assertThat(rows(FILES)).contains("a.csv|COMPLETED_WITH_REJECTS|2");
    assertThat(file().totals().orElseThrow().redriven()).isEqualTo(1);
    assertThat(file().rejects()).hasSize(1);
    RedriveState state = rejects.redrives(List.of(1L)).get(0);
    assertThat(state.isOver()).isTrue();
    assertThat(state.isClean()).isFalse();
  }

  @Test
  void aDiscardedRejectKeepsItsFileFromBeingCompleted() throws SQLException {
    rejects.discard(RejectFilter.of(2L), "ann", "rubbish", false, false);
    rejects.redrive(RejectFilter.of(1L), "ann", false);
    planned(1, 2);
    closed(2, 1, 0);

    assertThat(rows(FILES)).contains("a.csv|COMPLETED_WITH_REJECTS|2");
    assertThat(file().rejects())
        .extracting(Object::toString)
        .containsExactly(", line 6: CHECK_VIOLATION (DISCARDED)");
  }

  @Test
  void aLoadOfTheWholeFileSupersedesWhatWasOpen() throws SQLException {
    rejects.redrive(RejectFilter.of(1L), "ann", false);
    postgres.execute(
        """
        INSERT INTO riffle.file_attempts (file_id, attempt, planned_at, lines, records) VALUES (1, 2, now(), 2, 1);
        UPDATE riffle.files SET state = 'LOADING', attempt = 2 WHERE file_id = 1;
        """);
    closed(2, 1, 0);

    assertThat(rows(STATUSES)).contains("1|SUPERSEDED|null|null|2", "2|SUPERSEDED|null|null|2");
    assertThat(rows(FILES)).contains("a.csv|COMPLETED|2");
    assertThat(file().totals().orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void anExportIsSafeInASpreadsheet() throws SQLException, IOException {
    StringWriter csv = new StringWriter();
    long count = new RejectExport(rejects, false).write(any(), true, csv);

    assertThat(count).isEqualTo(4);
    List<String> lines = csv.toString().lines().toList();
    assertThat(lines.get(0)).startsWith("id,status,reason,").endsWith(",rawBytes,rawKept,raw");
    assertThat(lines.get(1))
        .startsWith("1,OPEN,NOT_A_DATE,,PRODUCER,PDE,")
        .endsWith(",9,3,\\x726177");
    assertThat(lines.get(3)).contains(",'=cmd,");
  }

  @Test
  void anExportOfNothingHasItsHeaderAllTheSame() throws SQLException, IOException {
    StringWriter csv = new StringWriter();
    new RejectExport(rejects, false).write(RejectFilter.of(99L), false, csv);
    StringWriter json = new StringWriter();
    new RejectExport(rejects, true).write(RejectFilter.of(99L), false, json);

    assertThat(csv.toString()).startsWith("id,status,reason,").endsWith(",rawBytes,rawKept\r\n");
    assertThat(json.toString()).isEmpty();
  }

  @Test
  void recordsOfSettledRejectsArePurgedByAgeAndNoOthers() throws SQLException {
    rejects.discard(RejectFilter.of(1L, 4L), "ann", "rubbish", false, false);
    rejects.redrive(RejectFilter.of(2L), "ann", false);
    postgres.execute(
        "UPDATE riffle.rejects SET status_at = now() - interval '31 days' WHERE reject_id IN (1, 2, 3)");
    Instant month = Instant.now().minus(Duration.ofDays(30));

    assertThat(rejects.purge(settled(), month, true)).isEqualTo(1);
    assertThat(rejects.raw(1)).as("a dry run").isPresent();
    assertThat(rejects.purge(settled(), month, false)).isEqualTo(1);

    assertThat(rows("SELECT reject_id FROM riffle.rejects_raw ORDER BY 1"))
        .as("2 is REDRIVING, 3 is OPEN, 4 is settled today")
        .containsExactly("2", "3", "4");
    assertThat(rows("SELECT raw_kept, status FROM riffle.rejects WHERE reject_id = 1"))
        .containsExactly("0|DISCARDED");
    assertThat(rejects.purge(settled(), month, false)).as("once").isZero();
  }

  @Test
  void jsonLinesHaveNoRecordUnlessAskedFor() throws SQLException, IOException {
    StringWriter json = new StringWriter();
    new RejectExport(rejects, true).write(RejectFilter.of(2L), false, json);

    assertThat(json.toString())
        .startsWith(
            "{\"id\":2,\"status\":\"OPEN\",\"reason\":\"CHECK_VIOLATION\",\"sqlState\":\"23514\"")
        .doesNotContain("\"raw\"")
        .endsWith("}\n");
  }

  /** Rights are told apart by table, so a role that may see rejects need not see records. */
  @Test
  void whoMaySeeRejectsDoesNotSeeRecords() throws SQLException {
    String viewer = "viewer_" + postgres.database();
    String reader = "reader_" + postgres.database();
    postgres.execute(
        "CREATE ROLE \"%s\"; CREATE ROLE \"%s\"; SELECT riffle.grant_view('%s'); SELECT riffle.grant_view('%s', true)"
            .formatted(viewer, reader, viewer, reader));

    assertThat(rightsOf(viewer)).containsExactly("t|f|f");
    assertThat(rightsOf(reader)).containsExactly("t|t|f");
    assertThat(
            rows(
                "SELECT table_name FROM information_schema.table_privileges WHERE grantee = 'PUBLIC'"
                    + " AND table_schema = 'riffle' ORDER BY 1"))
        .as("who may load is for every loader to see")
        .containsExactly("lease_status", "lease_waiting");
    postgres.execute(
        "DROP OWNED BY \"%s\", \"%s\"; DROP ROLE \"%s\", \"%s\""
            .formatted(viewer, reader, viewer, reader));
  }

  private List<String> rightsOf(String role) throws SQLException {
    String sql =
        "SELECT has_table_privilege('%1$s', 'riffle.rejects', 'SELECT'),"
            + " has_table_privilege('%1$s', 'riffle.rejects_raw', 'SELECT'),"
            + " has_table_privilege('%1$s', 'riffle.parked', 'SELECT')";
    return rows(sql.formatted(role));
  }

  /** As the scanner does when a redrive of file 1 goes out. */
  private void planned(long redrive, int attempt) {
    postgres.execute(
        """
        INSERT INTO riffle.file_attempts (file_id, attempt, cause, planned_at, lines, records)
          SELECT 1, %2$d, 'REDRIVE', now(), 1 + count(*), count(*) FROM riffle.rejects WHERE redrive_id = %1$d;
        UPDATE riffle.redrives SET status = 'PLANNED', attempt = %2$d WHERE redrive_id = %1$d;
        UPDATE riffle.files SET attempt = %2$d WHERE file_id = 1;
        SELECT riffle.change_file_state(1, 'PLANNED');
        SELECT riffle.change_file_state(1, 'LOADING');
        """
            .formatted(redrive, attempt));
  }

  /** As producer and sink do at the end of an attempt of file 1. */
  private void closed(int attempt, int applied, int rejected) {
    postgres.execute(
        """
        UPDATE riffle.file_attempts SET rows = %2$d, rejected_rows = %3$d, published_records = %2$d,
          rejected_by_producer = %3$d WHERE file_id = 1 AND attempt = %1$d;
        INSERT INTO riffle.sink_totals VALUES (1, %1$d, 'merged', 0, 9, %2$d, 0, 0);
        INSERT INTO riffle.barriers SELECT 1, %1$d, topic, 0, 1, %2$d, %2$d, 0, 0, 0, 0
          FROM unnest(ARRAY['merged', 'parked', 'rejects']) AS t (topic);
        SELECT riffle.close_attempt(1, %1$d);
        """
            .formatted(attempt, applied, rejected));
  }

  private FileStatus file() throws SQLException {
    return new Ledger(postgres.dataSource(), "ccw")
        .files(Optional.of("Incoming/t/a.csv"), 1)
        .get(0);
  }

  private static RejectFilter any() {
    return RejectFilter.of();
  }

  private static RejectFilter open() {
    return of(List.of(RejectStatus.OPEN));
  }

  private static RejectFilter settled() {
    return of(RejectStatus.SETTLED);
  }

  private static RejectFilter of(List<RejectStatus> statuses) {
    return new RejectFilter(
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        statuses,
        Optional.empty());
  }

  private static RejectFilter filter(String file, String cause, String type) {
    return new RejectFilter(
        List.of(),
        Optional.ofNullable(file),
        Optional.ofNullable(cause),
        Optional.ofNullable(type),
        List.of(),
        Optional.empty());
  }

  private List<String> ids(RejectFilter filter) throws SQLException {
    return rejects.list(filter, 100).stream().map(row -> row.text("id").orElseThrow()).toList();
  }

  private List<String> rows(String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          cells.add(String.valueOf(rows.getString(i)));
        }
        found.add(String.join("|", cells));
      }
    }
    return found;
  }
}
