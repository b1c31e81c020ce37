package io.riffle.producer.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riffle.failure.Failures;
import io.riffle.lease.HeldLease;
import io.riffle.lease.LeaseElsewhereException;
import io.riffle.lease.LeaseParty;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who plans files while two deployments have one ledger. */
@ExtendWith(PostgresExtension.class)
class LoadingTurnTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration NOW = Duration.ZERO;

  private final TestPostgres postgres;
  private Database database;

  LoadingTurnTest(TestPostgres server) {
    postgres = server.anotherMigrated("ccw");
  }

  @BeforeEach
  void create() {
    database = new Database(TestDatabase.config(postgres));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void itIsTheTurnOfWhoeverHasTheLeaseOrHasLentIt() throws Exception {
    LoadingTurn ours = turn("ours");
    LoadingTurn theirs = turn("theirs");
    try (HeldLease lease = acquire("ours")) {
      ours.require();
      assertElsewhere(theirs);
      LeaseParty loader = LeaseParty.of("exec:other:1", "command", LONG);
      try (HeldLease borrowed = HeldLease.borrow(postgres.dataSource(), loader, NOW)) {
        ours.require();
        assertElsewhere(theirs);
        assertThat(borrowed.token()).isGreaterThan(lease.token());
      }
      ours.require();
      assertElsewhere(theirs);
    }
  }

  @Test
  void ofTwoThatFindItFreeOneTakesItUntilItLeaves() {
    LoadingTurn ours = turn("ours");
    LoadingTurn theirs = turn("theirs");
    ours.require();
    assertElsewhere(theirs);
    theirs.leave();
    ours.require();

    ours.leave();
    theirs.require();
    assertElsewhere(ours);
  }

  @Test
  void withoutANameItIsAlwaysTheTurn() throws Exception {
    try (HeldLease lease = acquire("theirs")) {
      LoadingTurn unnamed = new LoadingTurn(database, Optional.empty());
      assertThatCode(unnamed::require).doesNotThrowAnyException();
      assertThat(lease.renew()).isTrue();
    }
  }

  private static void assertElsewhere(LoadingTurn turn) {
    assertThatExceptionOfType(LeaseElsewhereException.class)
        .isThrownBy(turn::require)
        .satisfies(
            e ->
                assertThat(Failures.of(e))
                    .hasValueSatisfying(
                        failure -> assertThat(failure.verdict().pauses()).isTrue()));
  }

  private HeldLease acquire(String deployment) throws Exception {
    return HeldLease.acquire(postgres.dataSource(), LeaseParty.of(deployment, "sink", LONG), NOW);
  }

  private LoadingTurn turn(String deployment) {
    return new LoadingTurn(database, Optional.of(deployment));
  }
}
