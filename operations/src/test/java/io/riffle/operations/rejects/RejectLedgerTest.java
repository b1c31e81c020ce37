package io.riffle.operations.rejects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the database does with rejects, whoever asks it: lists, redrives, discards, purges. */
@ExtendWith(PostgresExtension.class)
class RejectLedgerTest extends RejectFixture {
  RejectLedgerTest(TestPostgres server) {
    super(server);
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
    assertThat(rejects.list(any(), Optional.of(3L), 9)).hasSize(2);
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
    assertThatIllegalStateException()
        .isThrownBy(() -> rows("UPDATE riffle.rejects SET status = 'REDRIVEN' RETURNING 1"))
        .havingCause()
        .withMessageContaining("cannot go from OPEN to REDRIVEN");
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
}
