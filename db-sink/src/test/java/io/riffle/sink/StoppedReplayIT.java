package io.riffle.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.lease.HeldLease;
import io.riffle.lease.LeaseParty;
import io.riffle.sink.replay.MergeReplay;
import io.riffle.sink.replay.ReplayEnd;
import io.riffle.sink.replay.ReplayProgress;
import io.riffle.testing.InMemoryRegistry;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Replays in place that stop, are stopped, or are not begun: what they leave, and how they go on.
 */
@Tag("full")
@Tag("stack")
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
class StoppedReplayIT {
  private static final int KEYS = ReplayFixture.KEYS;

  private final ReplayFixture set;

  StoppedReplayIT(TestKafka kafka, TestPostgres server) {
    set = new ReplayFixture(kafka, server, new InMemoryRegistry());
  }

  @BeforeEach
  void load() {
    set.load();
  }

  @AfterEach
  void close() {
    set.close();
  }

  @Test
  void cancelledFromElsewhereItStopsBetweenTwoTransactions() {
    set.execute("DELETE FROM ccw.carrier_claims");
    long replay = set.plan(false);

    ReplayEnd end =
        set.run(
            replay,
            10,
            atStep(
                2,
                () ->
                    set.execute("SELECT riffle.change_replay_state(" + replay + ", 'CANCELLED')")));

    assertThat(end).isInstanceOf(ReplayEnd.Cancelled.class);
    assertThat(set.row("SELECT count(*) FROM ccw.carrier_claims")).isEqualTo("20");
    assertThat(set.row("SELECT state, rows_written FROM riffle.replays")).isEqualTo("CANCELLED|20");
    assertThat(set.run(replay)).isInstanceOf(ReplayEnd.Cancelled.class);
  }

  @Test
  void withoutTheLeaseItStopsAndGoesOnWhenItIsRunAgain() throws Exception {
    List<String> claims = set.claims();
    set.execute("DELETE FROM ccw.carrier_claims");
    long replay = set.plan(false);
    AtomicReference<HeldLease> borrowed = new AtomicReference<>();

    ReplayEnd end = set.run(replay, 10, atStep(2, () -> borrowed.set(borrow())));

    assertThat(end).isInstanceOf(ReplayEnd.Failed.class);
    assertThat(((ReplayEnd.Failed) end).reason()).startsWith("the lease is with exec:other:1");
    assertThat(set.row("SELECT count(*) FROM ccw.carrier_claims")).isEqualTo("20");
    assertThat(set.row("SELECT state FROM riffle.replays")).isEqualTo("FAILED");

    borrowed.get().close();
    assertThat(set.run(replay)).isInstanceOf(ReplayEnd.Done.class);
    assertThat(set.claims()).isEqualTo(claims);
    assertThat(set.row(ReplayFixture.STATE + replay)).isEqualTo("DONE|" + KEYS + "|0|t");
  }

  @Test
  void aSessionThatEndsIsOpenedAgain() {
    List<String> claims = set.claims();
    set.execute("DELETE FROM ccw.carrier_claims");
    long replay = set.plan(false);

    ReplayEnd end =
        set.run(
            replay,
            10,
            atStep(
                3,
                () ->
                    set.rows(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()")));

    assertThat(end).isInstanceOf(ReplayEnd.Done.class);
    assertThat(set.claims()).isEqualTo(claims);
    assertThat(set.row(ReplayFixture.STATE + replay)).isEqualTo("DONE|" + KEYS + "|0|t");
  }

  @Test
  void recordsThatAreGoneAreNotPassedOver() throws Exception {
    long replay = set.plan(false);
    set.kafka
        .admin()
        .deleteRecords(
            Map.of(
                new TopicPartition(set.topic(SinkFixture.CARRIER), 0),
                RecordsToDelete.beforeOffset(10)))
        .all()
        .get();

    ReplayEnd end = set.run(replay);

    assertThat(((ReplayEnd.Failed) end).reason())
        .contains("-0 before offset 10 expired or were deleted; asked for from 0");
    assertThat(set.row("SELECT state, detail IS NOT NULL FROM riffle.replays"))
        .isEqualTo("FAILED|t");
  }

  @Test
  void oneOfATopicAtATime() {
    long first = set.plan(false);
    long second = set.plan(false);
    set.execute("SELECT riffle.change_replay_state(" + first + ", 'RUNNING')");

    ReplayEnd end = set.run(second);

    assertThat(((ReplayEnd.Failed) end).reason())
        .startsWith("replay " + first + " of the same topic");
    assertThat(set.run(first))
        .as("left over by a process that was killed")
        .isInstanceOf(ReplayEnd.Done.class);
    assertThat(set.run(second)).isInstanceOf(ReplayEnd.Done.class);
    assertThat(((ReplayEnd.Failed) set.run(second)).reason()).contains("it is DONE already");
  }

  @Test
  void whatAnotherProcessRunsIsLeftToIt() throws Exception {
    long replay = set.plan(false);
    set.execute("SELECT riffle.change_replay_state(" + replay + ", 'RUNNING')");
    try (Connection other = set.postgres.connect();
        Statement statement = other.createStatement()) {
      statement.execute(
          "SELECT pg_advisory_lock(hashtext('riffle replay'), hashtext('" + replay + "'))");

      ReplayEnd end =
          MergeReplay.run(set.withPatience(Duration.ofMillis(1)), replay, progress -> {});

      assertThat(((ReplayEnd.Failed) end).reason()).isEqualTo("another process runs it");
      assertThat(set.row("SELECT state FROM riffle.replays")).isEqualTo("RUNNING");
    }
  }

  /** Does something once, when so many transactions are committed. */
  private static Consumer<ReplayProgress> atStep(int steps, Runnable action) {
    AtomicInteger seen = new AtomicInteger();
    AtomicReference<Long> written = new AtomicReference<>(0L);
    return progress -> {
      if (progress.written() > written.getAndSet(progress.written())
          && seen.incrementAndGet() == steps) {
        action.run();
      }
    };
  }

  private HeldLease borrow() {
    try {
      LeaseParty party = LeaseParty.of("exec:other:1", "command", Duration.ofMinutes(10));
      return HeldLease.borrow(set.postgres.dataSource(), party, Duration.ofSeconds(20));
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
