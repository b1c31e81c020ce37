package io.riffle.producer.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.schemas.control.Progress.Planned;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scanner and an operator who skips, at the same file at the same moment. */
@ExtendWith(PostgresExtension.class)
final class PlanClaimsTest {
  private static final String SKIP = "SELECT refusal FROM riffle.skip_files('{1}', 'lost')";
  private static final String RETRY = "SELECT refusal FROM riffle.retry_files('{1}', '{PDE}')";
  private static final String STATE = "SELECT state FROM riffle.files";
  private static final String BLOCKED =
      "SELECT count(*) FROM pg_stat_activity"
          + " WHERE datname = current_database() AND wait_event_type = 'Lock'";

  private final TestPostgres postgres;
  private final Database database;
  private final PlanClaims claims;
  private final FileLedger files;

  PlanClaimsTest(TestPostgres server) {
    postgres = server.anotherMigrated("ccw");
    database = new Database(TestDatabase.config(postgres));
    claims = new PlanClaims(database, "b");
    files = new FileLedger(database, "b");
  }

  @BeforeEach
  void create() {
    postgres.execute(
        """
        INSERT INTO ccw.s3_manifest_files VALUES (1, 'm', 'DISCOVERED', now(), now(), now());
        INSERT INTO riffle.manifests VALUES
          (1, 'b', 'f', 1, 0, 1, 'hash', 'DISCOVERED', NULL, NULL, now(), now());
        INSERT INTO riffle.files (manifest_id, entry_index, file_name, type, merge, s3_key, state,
            discovered_at, changed_at)
          VALUES (1, 0, 'f', 'PDE', false, 'o', 'DISCOVERED', now(), now());
        """);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsSkippedIsNotPlanned() {
    assertThat(claims.isToBePlanned(1)).isTrue();
    assertThat(value(SKIP)).isEqualTo("null");

    assertThat(claims.isToBePlanned(1)).isFalse();
    assertThat(claims.claim(1)).isFalse();
    assertThat(files.unplanned()).isEmpty();
  }

  @Test
  void whatIsAboutToBePlannedIsNotSkipped() {
    assertThat(claims.claim(1)).isTrue();

    assertThat(value(SKIP)).contains("being planned");
    new AttemptLedger(database)
        .mirror(
            List.of(
                new Planned(1, 1, "PDE", 1, 1, 3, 2, 100, Optional.empty(), Optional.of("tag"))));
    assertThat(value(SKIP)).startsWith("it is PLANNED");
    assertThat(value("SELECT planning FROM riffle.files")).isEqualTo("f");
  }

  /** The planner died between its claim and its plan: the next session knows that there is none. */
  @Test
  void aClaimIsTakenBackWhenThereIsNoPlan() {
    claims.claim(1);

    claims.release();

    assertThat(value(SKIP)).isEqualTo("null");
  }

  @Test
  void aClaimWaitsForAnOperatorWhoIsFirst() throws Exception {
    try (Connection operator = postgres.connect();
        Statement statement = operator.createStatement()) {
      operator.setAutoCommit(false);
      statement.execute(SKIP);
      CompletableFuture<Boolean> claim = CompletableFuture.supplyAsync(() -> claims.claim(1));
      await().until(() -> value(BLOCKED).equals("1"));
      operator.commit();

      assertThat(claim.get(10, TimeUnit.SECONDS)).isFalse();
    }
  }

  /** What a scan had judged before must not bring it back. */
  @ParameterizedTest
  @ValueSource(strings = {"DISCOVERED", "WAITING", "FUTURE", "TOO_OLD"})
  void aScanThatIsUnderWayLeavesASkippedFileAlone(String before) {
    postgres.execute("UPDATE riffle.files SET state = '" + before + "'");
    value(SKIP);

    for (FileState wanted : FileState.values()) {
      assertThat(files.moveAll(wanted, Optional.empty(), Map.of(1L, Optional.of("stale"))))
          .isZero();
    }
    files.move(1, FileState.REJECTED, Optional.of("CHECKSUM"), Optional.of("stale"));

    assertThat(value("SELECT state, reason, detail FROM riffle.files"))
        .isEqualTo("SKIPPED|BY_OPERATOR|lost");
  }

  @Test
  void whatIsTakenUpAgainIsToBePlanned() {
    value(SKIP);
    assertThat(value(RETRY)).isEqualTo("null");

    assertThat(value(STATE)).isEqualTo("DISCOVERED");
    assertThat(files.unplanned()).hasSize(1);
    assertThat(claims.claim(1)).isTrue();
  }

  private String value(String sql) {
    return postgres.rows(sql).get(0);
  }
}
