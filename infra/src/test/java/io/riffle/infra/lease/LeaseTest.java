package io.riffle.infra.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.riffle.lease.Lease;
import io.riffle.lease.LeaseParty;
import io.riffle.lease.LeaseStatus;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which deployment is given the lease, when, and what it is worth afterwards. */
@ExtendWith(PostgresExtension.class)
class LeaseTest extends LeaseFixture {
  LeaseTest(TestPostgres server) {
    super(server.anotherMigrated("ccw"));
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
