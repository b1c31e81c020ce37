package io.riffle.operations.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.operations.lag.GroupKind;
import io.riffle.operations.lag.GroupLag;
import io.riffle.operations.lag.LagHistory;
import io.riffle.operations.lag.LagReport;
import io.riffle.operations.lag.LagSnapshot;
import io.riffle.operations.lag.PartitionLag;
import io.riffle.operations.lag.TopicLag;
import io.riffle.schemas.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a pipeline's line when parts of it do badly: the worst wins. */
class ClaimsPipelineTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  private static final Topics TOPICS = new Topics("main");
  private static final LedgerFacts FACTS =
      new LedgerFacts(
          AT, Map.of(LedgerFacts.CLAIMS, 3L, "qvp", 9L), Optional.of(AT), 1000, List.of());

  private final LagHistory history = new LagHistory();
  private int producerMembers = 1;
  private int sinkMembers = 2;

  @Test
  void runsWhenAllDo() {
    look(0, 100, 50);
    Pipeline claims = of(look(10, 200, 80));

    assertThat(claims.state()).isEqualTo(PipelineState.RUNNING);
    assertThat(claims.reasons()).isEmpty();
    assertThat(claims.in()).as("raw records, not its own topics").contains(13.0);
    assertThat(claims.lag()).contains(80L);
    assertThat(claims.behind()).contains(Duration.ofSeconds(9));
    assertThat(claims.rejects()).contains(3L);
    assertThat(claims.lastSuccess()).contains(AT);
  }

  @Test
  void isStoppedWithoutOneOfItsPrograms() {
    sinkMembers = 0;

    Pipeline claims = of(look(0, 100, 50));

    assertThat(claims.state()).isEqualTo(PipelineState.STOPPED);
    assertThat(claims.reasons()).containsExactly("db-sink reads nothing: its group has no members");
    assertThat(claims.lag()).contains(50L);
  }

  @Test
  void isStoppedWhenAProgramWasNeverThere() {
    LagReport nothing = new LagReport(AT, List.of());

    assertThat(of(nothing).reasons())
        .containsExactly(
            "rif-producer reads nothing: its group has no members",
            "merge-processor reads nothing: its group has no members",
            "db-sink reads nothing: its group has no members");
  }

  @Test
  void isDegradedWhenRecordsWaitAndNobodyReads() {
    for (int second = 0; second <= 70; second += 10) {
      look(second, 100, 50);
    }

    Pipeline claims = of(look(80, 100, 50));

    assertThat(claims.state()).isEqualTo(PipelineState.DEGRADED);
    assertThat(claims.reasons())
        .containsExactly("merge-processor reads nothing, though records wait");
    assertThat(claims.drain()).isEmpty();
  }

  /** Nobody looked: that no group has members, or that nothing waits, is not known. */
  @Test
  void isNotToldOfWithoutKafka() {
    Standing silent = new Standing(PipelineState.FAILED, "Kafka does not answer");

    Pipeline claims = of(Optional.empty(), List.of(silent));

    assertThat(claims.state()).isEqualTo(PipelineState.FAILED);
    assertThat(claims.reasons()).containsExactly("Kafka does not answer");
    assertThat(claims.lag()).isEmpty();
    assertThat(claims.in()).isEmpty();
    assertThat(claims.drain()).isEmpty();
  }

  @Test
  void hasTheWorstOfWhatIsKnownFirst() {
    producerMembers = 0;
    List<Standing> others =
        List.of(
            new Standing(PipelineState.PAUSED, "merge waits for the registry"),
            new Standing(PipelineState.FAILED, "main-db-sink: 1 of 2 tasks are FAILED"));

    Pipeline claims = of(Optional.of(look(0, 1, 0)), others);

    assertThat(claims.state()).isEqualTo(PipelineState.FAILED);
    assertThat(claims.reasons())
        .containsExactly(
            "main-db-sink: 1 of 2 tasks are FAILED",
            "rif-producer reads nothing: its group has no members",
            "merge waits for the registry");
  }

  @Test
  void aConnectorIsAsItsWorstTask() {
    assertThat(connector("RUNNING", "RUNNING", "RUNNING")).isEmpty();
    assertThat(connector("RUNNING", "RUNNING", "FAILED")).containsExactly(PipelineState.FAILED);
    assertThat(connector("RUNNING", "RUNNING", "UNASSIGNED"))
        .containsExactly(PipelineState.DEGRADED);
    assertThat(connector("RUNNING")).as("no task").containsExactly(PipelineState.DEGRADED);
    assertThat(connector("PAUSED", "PAUSED")).containsExactly(PipelineState.PAUSED);
    assertThat(connector("STOPPED")).containsExactly(PipelineState.STOPPED);
    assertThat(connector("FAILED")).containsExactly(PipelineState.FAILED);
  }

  private static List<PipelineState> connector(String state, String... tasks) {
    return new Connector("main-db-sink", state, List.of(tasks))
        .standings().stream().map(Standing::state).toList();
  }

  private static Pipeline of(LagReport lag) {
    return of(Optional.of(lag), List.of());
  }

  private static Pipeline of(Optional<LagReport> lag, List<Standing> others) {
    return new ClaimsPipeline(TOPICS)
        .of(
            lag,
            Optional.of(FACTS.rejectsOf(LedgerFacts.CLAIMS)),
            Optional.of(5.0),
            FACTS.lastSuccess(),
            others);
  }

  /** The producer has read everything, the merge has some left, the sink is at the end. */
  private LagReport look(int second, long committed, long lag) {
    List<GroupLag> groups = new ArrayList<>();
    groups.add(group(TOPICS.workersGroup(), producerMembers, topic(TOPICS.splits(), 5, 0)));
    groups.add(
        group(
            TOPICS.mergeApplicationId(),
            1,
            topic("main.rif.carrier", committed, lag),
            topic("main-merge-processor-parked", committed, 0)));
    groups.add(
        group("connect-main-db-sink", sinkMembers, topic("main.merged.carrier", committed, 0)));
    return history.add(new LagSnapshot(AT.plusSeconds(second), groups));
  }

  private static GroupLag group(String name, int members, TopicLag... topics) {
    return new GroupLag(name, GroupKind.CONSUMER, "STABLE", members, List.of(topics));
  }

  private static TopicLag topic(String name, long committed, long lag) {
    Optional<Duration> behind = lag == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(9));
    return new TopicLag(
        name,
        List.of(new PartitionLag(0, committed, 0, committed + lag, lag, behind, Optional.empty())));
  }
}
