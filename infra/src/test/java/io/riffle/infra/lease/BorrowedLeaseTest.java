package io.riffle.infra.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.riffle.lease.HeldLease;
import io.riffle.lease.Lease;
import io.riffle.lease.LeaseElsewhereException;
import io.riffle.lease.LeaseParty;
import io.riffle.lease.LeaseStatus;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lease in the hands of a program beside the deployments. */
@ExtendWith(PostgresExtension.class)
class BorrowedLeaseTest extends LeaseFixture {
  BorrowedLeaseTest(TestPostgres server) {
    super(server.anotherMigrated("ccw"));
  }

  @Test
  void aBorrowerTakesItFromADeploymentWhenWhatIsUnderWayIsDone() throws Exception {
    Party alpha = party("alpha", LONG);
    long token = alpha.ask().getAsLong();
    try (Connection writer = transaction(token)) {
      CompletableFuture<HeldLease> asked =
          CompletableFuture.supplyAsync(() -> borrow("exec:1", LONG, SOON));
      await().atMost(SOON).until(() -> number(WAITING_FOR_WRITERS) == 1);
      assertThat(status().holder()).hasValue("alpha");
      assertThat(status().waiting())
          .extracting(LeaseStatus.Waiting::holder)
          .containsExactly("exec:1");
      writer.commit();

      try (HeldLease borrowed = asked.get()) {
        assertThat(check(borrowed.token())).isTrue();
        assertThat(check(token)).isFalse();
        assertThat(alpha.ask()).isEmpty();
        assertThat(status().lender()).hasValue("alpha");
        assertThat(status().owner()).hasValue("alpha");
      }
    }
  }

  private static final String WAITING_FOR_WRITERS =
      "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock'"
          + " AND NOT granted AND database = (SELECT oid FROM pg_database"
          + " WHERE datname = current_database())";

  @Test
  void aBorrowerThatCannotWaitAnyLongerLeavesEverythingAsItWas() throws Exception {
    Party alpha = party("alpha", LONG);
    long token = alpha.ask().getAsLong();
    try (Connection writer = transaction(token)) {
      assertThatExceptionOfType(LeaseElsewhereException.class)
          .isThrownBy(
              () ->
                  HeldLease.borrow(
                      postgres.dataSource(),
                      LeaseParty.of("exec:1", "command", LONG),
                      Duration.ofMillis(300)))
          .withMessageStartingWith("the lease is with alpha since 20");
      writer.commit();
    }
    assertThat(check(token)).isTrue();
    assertThat(status().waiting()).isEmpty();
  }

  @Test
  void whatIsGivenBackIsTheLendersAndNotThatOfWhoeverIsFaster() throws Exception {
    Party alpha = party("alpha", LONG);
    Party beta = party("beta", LONG);
    alpha.ask();
    long borrowed;
    try (HeldLease lease = borrow("exec:1", LONG, SOON)) {
      borrowed = lease.token();
      assertThat(beta.ask()).isEmpty();
    }

    assertThat(check(borrowed)).isFalse();
    assertThat(status().whereItIs()).startsWith("kept for alpha since ");
    assertThat(beta.ask()).isEmpty();
    assertThat(alpha.ask()).hasValue(borrowed + 1);
  }

  @Test
  void aFreeLeaseIsFreeAgainAfterABorrower() throws Exception {
    borrow("exec:1", LONG, SOON).close();

    assertThat(status().whereItIs()).isEqualTo("free");
    assertThat(party("beta", LONG).ask()).isPresent();
  }

  @Test
  void aBorrowerThatIsNotHeardOfIsReplacedByTheLenderFirst() throws Exception {
    Party alpha = party("alpha", LONG);
    Party beta = party("beta", LONG);
    alpha.ask();
    long token = borrow("exec:1", LIFETIME, SOON).token();

    await().atMost(SOON).until(() -> beta.ask().isEmpty() && alpha.ask().isPresent());

    assertThat(check(token)).isFalse();
    assertThat(status().lender()).isEmpty();
  }

  @Test
  void ofTwoBorrowersTheSecondWaitsForTheFirstAndTheLenderStaysTheSame() throws Exception {
    Party alpha = party("alpha", LONG);
    alpha.ask();
    HeldLease first = borrow("exec:1", LONG, SOON);
    CompletableFuture<HeldLease> asked =
        CompletableFuture.supplyAsync(() -> borrow("exec:2", LONG, SOON));
    await().atMost(SOON).until(() -> !status().waiting().isEmpty());
    assertThat(check(first.token())).isTrue();

    first.close();

    try (HeldLease second = asked.get()) {
      assertThat(check(second.token())).isTrue();
      assertThat(status().lender()).hasValue("alpha");
    }
    assertThat(alpha.ask()).isPresent();
  }

  @Test
  void aStreamOfWritersDoesNotKeepABorrowerOut() throws Exception {
    long token = party("alpha", LONG).ask().getAsLong();
    AtomicBoolean refused = new AtomicBoolean();
    List<CompletableFuture<Void>> writers =
        List.of(1, 2, 3).stream()
            .map(one -> CompletableFuture.runAsync(() -> writeUntilRefused(token, refused)))
            .toList();

    try (HeldLease lease = borrow("exec:1", LONG, SOON)) {
      assertThat(check(lease.token())).isTrue();
      writers.forEach(CompletableFuture::join);
      assertThat(refused).isTrue();
    }
  }

  /** Overlapping transactions: at no time is none of them under way. */
  private void writeUntilRefused(long token, AtomicBoolean refused) {
    try (Connection connection = postgres.connect()) {
      connection.setAutoCommit(false);
      while (Lease.check(connection, token)) {
        connection.createStatement().execute("SELECT pg_sleep(0.02)");
        connection.commit();
      }
      connection.rollback();
      refused.set(true);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
