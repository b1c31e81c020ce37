package io.riffle.infra.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.riffle.lease.HeldLease;
import io.riffle.lease.Lease;
import io.riffle.lease.LeaseAnswer;
import io.riffle.lease.LeaseAnswer.Elsewhere;
import io.riffle.lease.LeaseElsewhereException;
import io.riffle.lease.LeaseParty;
import io.riffle.lease.LeaseStatus;
import io.riffle.schemas.ddl.Migrations;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is given the lease, when, and what it is worth afterwards; as the database decides it. */
@ExtendWith(PostgresExtension.class)
class LeaseTest {
  private static final Duration LIFETIME = Duration.ofMillis(800);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SOON = Duration.ofSeconds(20);

  private final TestPostgres postgres;

  LeaseTest(TestPostgres server) {
    postgres = server.another();
  }

  @BeforeEach
  void create() {
    Migrations.migrate(postgres.dataSource(), "ccw");
  }

  @Test
  void ofTwoDeploymentsOneHasItAndTheOtherOneTakesOverAtOnceWhenItLeaves() throws Exception {
    Party alpha = party("alpha", LONG);
    Party beta = party("beta", LONG);
    long first = alpha.ask().getAsLong();

    assertThat(beta.ask()).isEmpty();
    assertThat(status().holder()).hasValue("alpha");
    assertThat(status().waiting()).extracting(LeaseStatus.Waiting::holder).containsExactly("beta");
    assertThat(check(first)).isTrue();

    alpha.leave();
    assertThat(check(first)).isFalse();
    assertThat(beta.ask()).hasValue(first + 1);
    assertThat(alpha.ask()).isEmpty();
    assertThat(check(first)).isFalse();
    assertThat(check(first + 1)).isTrue();
  }

  @Test
  void theProcessesOfADeploymentShareItUntilTheLastOneLeaves() throws Exception {
    Party one = party("alpha", LONG);
    Party two = party("alpha", LONG);
    Party beta = party("beta", LONG);

    assertThat(two.ask()).isEqualTo(one.ask());
    one.leave();
    assertThat(beta.ask()).isEmpty();
    two.leave();
    assertThat(beta.ask()).isPresent();
  }

  @Test
  void aHolderThatIsNotHeardOfIsReplacedAfterItsLifetimeAndNotBefore() throws Exception {
    Party alpha = party("alpha", LIFETIME);
    Party beta = party("beta", LONG);
    long lost = alpha.ask().getAsLong();
    long begin = System.nanoTime();

    await().atMost(SOON).until(() -> beta.ask().isPresent());

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(LIFETIME);
    assertThat(check(lost)).isFalse();
    assertThat(alpha.renew(lost)).isFalse();
    assertThat(alpha.ask()).isEmpty();
  }

  @Test
  void whoeverIsBackBeforeAnybodyElseCameHasTheSameLease() throws Exception {
    Party alpha = party("alpha", Duration.ofMillis(1));
    long token = alpha.ask().getAsLong();

    postgres.execute("SELECT pg_sleep(0.01)");

    assertThat(check(token)).isTrue();
    assertThat(party("alpha", LONG).ask()).hasValue(token);
  }

  @Test
  void aHolderThatRenewsIsNotReplaced() throws Exception {
    Party alpha = party("alpha", LIFETIME);
    Party beta = party("beta", LONG);
    long token = alpha.ask().getAsLong();

    await()
        .during(LIFETIME.multipliedBy(3))
        .atMost(SOON)
        .until(() -> alpha.renew(token) && beta.ask().isEmpty());
  }

  /** Shifting all that is stored is the same as setting the server's clock the other way. */
  @Test
  void stepsOfTheServersClockGiveTheLeaseToNobodyAndKeepItFromNobodyForLong() throws Exception {
    Party alpha = party("alpha", LIFETIME);
    Party beta = party("beta", LONG);
    long token = alpha.ask().getAsLong();
    for (String step : List.of("10 days", "-10 days", "1 hour", "-1 hour")) {
      beta.ask();
      serverClockSteps(step);
      assertThat(beta.ask()).as(step).isEmpty();
      assertThat(alpha.renew(token)).as(step).isTrue();
      assertThat(check(token)).as(step).isTrue();
    }

    beta.ask();
    serverClockSteps("-10 days");
    await().atMost(SOON).until(() -> beta.ask().isPresent());
  }

  /** A server that stood still is back, and the one that waits is faster than the holder. */
  @Test
  void timeInWhichNobodyCouldLookDoesNotCount() throws Exception {
    Party alpha = party("alpha", Duration.ofSeconds(30));
    Party beta = party("beta", LONG);
    long token = alpha.ask().getAsLong();
    beta.ask();

    serverClockSteps("1 minute");

    assertThat(beta.ask()).isEmpty();
    assertThat(alpha.renew(token)).isTrue();
  }

  @Test
  void itGoesToNobodyWhileATransactionUnderItIsUnderWay() throws Exception {
    Party alpha = party("alpha", LIFETIME);
    Party beta = party("beta", LONG);
    long token = alpha.ask().getAsLong();
    try (Connection writer = transaction(token)) {
      await()
          .during(LIFETIME.multipliedBy(2))
          .atMost(SOON)
          .until(() -> beta.ask().isEmpty() && alpha.isMine(token));
      writer.commit();
    }
    await().atMost(SOON).until(() -> beta.ask().isPresent());
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

  @Test
  void whoMayReadTheLedgerMayReadWhoHasTheLeaseAndNothingElse() throws Exception {
    String role = "viewer_" + postgres.database();
    postgres.execute("CREATE ROLE " + role + "; SELECT riffle.grant_view('" + role + "')");
    party("alpha", LONG).ask();
    try (Connection connection = postgres.connect()) {
      connection.createStatement().execute("SET ROLE " + role);

      assertThat(LeaseStatus.read(connection).holder()).hasValue("alpha");
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> new Lease(LeaseParty.of("me", "x", LONG)).acquire(connection))
          .withMessageContaining("permission denied");
    }
  }

  @Test
  void migrationsWaitForTheLeaseAndDoNothingWithoutIt() throws Exception {
    Party alpha = party("alpha", LONG);
    alpha.ask();
    LeaseParty beta = LeaseParty.of("beta", "setup", LONG);
    assertThat(migrate(beta)).as("nothing to do, nothing to wait for").isZero();

    undoLastMigration();

    assertThatExceptionOfType(LeaseElsewhereException.class).isThrownBy(() -> migrate(beta));
    alpha.leave();
    assertThat(migrate(beta)).isEqualTo(1);
    assertThat(status().whereItIs()).isEqualTo("free");
  }

  private void undoLastMigration() {
    postgres.execute("ALTER TABLE riffle.rejects DROP COLUMN constraint_name");
    postgres.execute("DELETE FROM riffle.flyway_schema_history WHERE version = '11'");
  }

  @Test
  void eachMigrationChecksTheTokenInItsTransaction() throws Exception {
    undoLastMigration();
    postgres.execute(
        """
        CREATE FUNCTION tell() RETURNS event_trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'under the lease: %', (SELECT count(*) FROM pg_locks
            WHERE pid = pg_backend_pid() AND locktype = 'advisory' AND mode = 'ShareLock'
              AND objid::bigint = (hashtext('lease')::bigint & 4294967295));
        END $$;
        CREATE EVENT TRIGGER tell ON ddl_command_start EXECUTE FUNCTION tell();
        """);

    assertThatExceptionOfType(FlywayException.class)
        .isThrownBy(() -> migrate(LeaseParty.of("beta", "setup", LONG)))
        .withMessageContaining("under the lease: 1");
    assertThat(status().holder()).isEmpty();
  }

  private int migrate(LeaseParty party) throws SQLException, InterruptedException {
    return Migrations.migrate(postgres.dataSource(), "ccw", party, Duration.ofMillis(300));
  }

  private Party party(String holder, Duration lifetime) {
    return new Party(new Lease(LeaseParty.of(holder, "one", lifetime)));
  }

  /** A process that calls when it is told to. */
  private final class Party {
    private final Lease lease;

    Party(Lease lease) {
      this.lease = lease;
    }

    OptionalLong ask() throws SQLException {
      try (Connection connection = postgres.connect()) {
        LeaseAnswer answer = lease.acquire(connection);
        return answer instanceof Elsewhere
            ? OptionalLong.empty()
            : OptionalLong.of(answer.orElseThrow());
      }
    }

    boolean renew(long token) throws SQLException {
      try (Connection connection = postgres.connect()) {
        return lease.renew(connection, token);
      }
    }

    boolean isMine(long token) throws SQLException {
      return status().token() == token;
    }

    void leave() throws SQLException {
      try (Connection connection = postgres.connect()) {
        lease.release(connection);
      }
    }
  }

  private HeldLease borrow(String holder, Duration lifetime, Duration patience) {
    try {
      LeaseParty party = LeaseParty.of(holder, "command", lifetime);
      return HeldLease.borrow(postgres.dataSource(), party, patience);
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One that may write. */
  private Connection transaction(long token) throws SQLException {
    Connection writer = postgres.connect();
    writer.setAutoCommit(false);
    assertThat(Lease.check(writer, token)).isTrue();
    return writer;
  }

  private boolean check(long token) throws SQLException {
    try (Connection connection = postgres.connect()) {
      return Lease.check(connection, token);
    }
  }

  private LeaseStatus status() throws SQLException {
    try (Connection connection = postgres.connect()) {
      return LeaseStatus.read(connection);
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = postgres.connect();
        var row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void serverClockSteps(String by) {
    String back = " - interval '" + by + "'";
    postgres.execute(
        "UPDATE riffle.lease SET since = since" + back + ", heartbeat = heartbeat" + back);
    postgres.execute(
        "UPDATE riffle.lease_parties SET since = since"
            + back
            + ", seen = seen"
            + back
            + ", watched_since = watched_since"
            + back);
  }
}
