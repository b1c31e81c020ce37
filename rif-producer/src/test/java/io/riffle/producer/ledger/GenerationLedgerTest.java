package io.riffle.producer.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riffle.failure.Failures;
import io.riffle.generation.GenerationException;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What may be planned and published while the set goes from one generation to the next. */
@ExtendWith(PostgresExtension.class)
class GenerationLedgerTest {
  private final TestPostgres postgres;
  private Database database;
  private GenerationLedger generations;

  GenerationLedgerTest(TestPostgres server) {
    postgres = server.anotherMigrated("ccw");
  }

  @BeforeEach
  void create() {
    database = new Database(TestDatabase.config(postgres));
    generations = new GenerationLedger(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whileItChangesFilesOnTheirWayComeToTheirEndAndNoneIsPlanned() {
    assertThat(generations.current()).isZero();
    assertThat(generations.mayPlan(0)).isTrue();
    file("LOADING");
    begin();

    assertThat(generations.mayPlan(0)).isFalse();
    generations.require(0);
    postgres.execute("UPDATE riffle.files SET state = 'COMPLETED'");

    assertPasses(() -> generations.mayPlan(0), "goes from generation 0 to 1");
    postgres.execute("SELECT riffle.abandon_generation(1, 'no')");
    assertThat(generations.mayPlan(0)).isTrue();
  }

  @Test
  void afterwardsNothingGoesToTheTopicsOfBefore() {
    begin();
    postgres.execute("SELECT riffle.advance_generation(1, 'TABLES')");
    postgres.execute("SELECT riffle.switch_generation(1)");

    assertThat(generations.current()).isEqualTo(1);
    assertPasses(() -> generations.require(0), "has come to generation 1");
    assertPasses(() -> generations.mayPlan(0), "has come to generation 1");
    assertThat(generations.mayPlan(1)).isTrue();
  }

  private void begin() {
    postgres.execute(
        "INSERT INTO riffle.replays (mode, scope, type, topic, planned_by, records_planned)"
            + " VALUES ('GENERATION', 'all', 'ALL', 'main', 'test', 0)");
    postgres.execute("SELECT riffle.begin_generation(1)");
  }

  private void file(String state) {
    postgres.execute(
        """
        INSERT INTO ccw.s3_manifest_files VALUES (1, 'm', 'STARTED', now(), now(), now());
        INSERT INTO riffle.manifests VALUES
          (1, 'b', 'f', 1, 0, 1, 'hash', 'LOADING', NULL, NULL, now(), now());
        INSERT INTO riffle.files (manifest_id, entry_index, file_name, type, merge, s3_key, state,
            attempt, discovered_at, changed_at)
          VALUES (1, 0, 'f.csv', 'PDE', false, 'Incoming/f.csv', '%s', 1, now(), now());
        """
            .formatted(state));
  }

  private static void assertPasses(ThrowingCallable call, String why) {
    assertThatExceptionOfType(GenerationException.class)
        .isThrownBy(call)
        .withMessageContaining(why)
        .satisfies(e -> assertThat(Failures.of(e).orElseThrow().verdict().pauses()).isTrue());
  }
}
