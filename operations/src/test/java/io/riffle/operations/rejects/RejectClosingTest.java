package io.riffle.operations.rejects;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.Ledger;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of rejects, and of their file, when an attempt of the file ends. */
@ExtendWith(PostgresExtension.class)
class RejectClosingTest extends RejectFixture {
  private static final String FILES =
      "SELECT file_name, state, attempt FROM riffle.files ORDER BY 1";

  RejectClosingTest(TestPostgres server) {
    super(server);
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
}
