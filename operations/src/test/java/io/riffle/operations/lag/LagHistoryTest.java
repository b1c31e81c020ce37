package io.riffle.operations.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LagHistoryTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final LagHistory history = new LagHistory(Duration.ofMinutes(5), Duration.ofSeconds(60));
  private String group = "g";
  private int seconds;
  private Optional<Duration> behind = Optional.empty();

  @Test
  void aGroupThatReadsEverythingIsIdleUntilSomethingComes() {
    assertThat(state(1, 100, 0, 100)).isEqualTo(LagState.IDLE);
    assertThat(state(1, 100, 0, 100)).isEqualTo(LagState.IDLE);
    assertThat(state(1, 120, 0, 120)).isEqualTo(LagState.OK);
  }

  @Test
  void fallingBehindMoreAndMoreIsAWarning() {
    state(1, 100, 0, 110);
    state(1, 200, 0, 230);
    state(1, 300, 0, 360);

    Pace pace = pace(1, 400, 0, 500);

    assertThat(pace.state()).isEqualTo(LagState.WARN);
    assertThat(pace.trend()).isEqualTo(Trend.UP);
    assertThat(pace.consumed()).isEqualTo(10);
    assertThat(pace.produced()).isEqualTo(13);
    assertThat(pace.drain()).isEmpty();
  }

  @Test
  void catchingUpTellsWhenItWillBeThere() {
    state(1, 100, 0, 500);
    state(1, 200, 0, 520);
    state(1, 300, 0, 540);

    Pace pace = pace(1, 400, 0, 560);

    assertThat(pace.state()).isEqualTo(LagState.OK);
    assertThat(pace.trend()).isEqualTo(Trend.DOWN);
    assertThat(pace.drain()).contains(Duration.ofSeconds(20));
  }

  /** A load of a minute within five of nothing: its rates are those of its own time. */
  @Test
  void ratesAreOfTheLastHalfMinute() {
    for (int i = 0; i < 20; i++) {
      pace(1, 0, 0, 0);
    }
    pace(1, 0, 0, 25_000);
    pace(1, 6_000, 0, 25_000);
    pace(1, 12_000, 0, 25_000);

    Pace pace = pace(1, 18_000, 0, 25_000);

    assertThat(pace.consumed()).isEqualTo(600);
    assertThat(pace.produced()).isZero();
    assertThat(pace.drain().orElseThrow())
        .isBetween(Duration.ofSeconds(11), Duration.ofSeconds(12));
  }

  @Test
  void looksThatAreFarApartHaveRatesOfTwo() {
    pace(1, 0, 0, 0);
    seconds += 60;
    pace(1, 0, 0, 0);
    seconds += 60;
    assertThat(pace(1, 0, 0, 700).produced()).isEqualTo(10);
  }

  /** What comes in batches of some size is a little more behind now, and a little less then. */
  @Test
  void aLittleMoreIsNoWarning() {
    for (int i = 0; i < 20; i++) {
      assertThat(state(1, 100L * i, 0, 101L * i + 10)).isNotEqualTo(LagState.WARN);
    }
  }

  @Test
  void lessThanATenthMoreIsNoWarning() {
    for (int i = 0; i < 30; i++) {
      long committed = 100_000L * i;
      assertThat(state(1, committed, 0, committed + 20_000 + 40L * i)).isNotEqualTo(LagState.WARN);
    }
  }

  @Test
  void recordsOfAMomentAgoAreNoWarning() {
    behind = Optional.of(Duration.ofSeconds(2));
    state(1, 100, 0, 110);
    state(1, 200, 0, 300);
    assertThat(state(1, 300, 0, 600)).isEqualTo(LagState.OK);
    behind = Optional.of(Duration.ofSeconds(20));
    assertThat(state(1, 400, 0, 900)).isEqualTo(LagState.WARN);
  }

  @Test
  void membersThatCommitNothingHaveStalled() {
    for (int i = 0; i < 6; i++) {
      assertThat(state(1, 100, 0, 110)).as("after %d s", seconds).isEqualTo(LagState.OK);
    }
    assertThat(state(1, 100, 0, 110)).isEqualTo(LagState.STALLED);
    assertThat(state(1, 101, 0, 110)).isEqualTo(LagState.OK);
  }

  /** What came a moment ago was not there to be read for a minute. */
  @Test
  void anArchiveThatKeepsAFileOpenHasNotStalled() {
    group = new Topics("main").archiveGroup();
    for (int i = 0; i < 20; i++) {
      assertThat(state(1, 100, 0, 110)).as("after %d s", seconds).isEqualTo(LagState.OK);
    }
  }

  @Test
  void oneThatHadNothingToReadHasNotStalled() {
    for (int i = 0; i < 10; i++) {
      state(1, 100, 0, 100);
    }
    assertThat(state(1, 100, 0, 101)).isNotEqualTo(LagState.STALLED);
  }

  @Test
  void withoutMembersItIsStoppedAndSoItStays() {
    assertThat(state(0, 100, 0, 110)).isEqualTo(LagState.STOPPED);
    assertThat(state(0, 100, 0, 100)).isEqualTo(LagState.STOPPED);
  }

  @Test
  void oneThatWentBackSaysSoWhileItCanBeSeen() {
    state(1, 100, 0, 100);
    assertThat(state(1, 50, 0, 100)).isEqualTo(LagState.REWIND);
    assertThat(state(1, 100, 0, 100)).isEqualTo(LagState.REWIND);
    seconds += 600;
    state(1, 100, 0, 100);
    assertThat(state(1, 100, 0, 100)).isEqualTo(LagState.IDLE);
  }

  @Test
  void expiredRecordsAreARisk() {
    assertThat(pace(1, 100, 50, 200).retentionRisk()).isFalse();
    assertThat(pace(1, 101, 90, 210).retentionRisk()).as("the start comes nearer").isTrue();
    assertThat(pace(1, 101, 120, 210).retentionRisk()).as("it has passed").isTrue();
  }

  /** A segment that ends its days while a record waits is nothing by itself. */
  @Test
  void recordsThatExpireFarAwayAreNoRisk() {
    pace(1, 1_000_000, 50, 1_000_001);
    assertThat(pace(1, 1_000_000, 100_000, 1_000_001).retentionRisk()).isFalse();
  }

  @Test
  void onePartitionWithMostOfTheLagIsHot() {
    TopicLag topic =
        new TopicLag(
            "t",
            List.of(
                partition(0, 0, 0, 1000),
                partition(1, 0, 0, 9),
                partition(2, 0, 0, 1),
                partition(3, 0, 0, 5)));

    assertThat(topic.partitions())
        .filteredOn(topic::isHot)
        .extracting(PartitionLag::partition)
        .containsExactly(0);
    assertThat(new TopicLag("t", List.of(partition(0, 0, 0, 9))).isHot(partition(0, 0, 0, 9)))
        .isFalse();
  }

  @Test
  void theWorstPartitionIsTheGroup() {
    GroupLag group =
        new GroupLag(
            "g",
            GroupKind.CLASSIC,
            "STABLE",
            1,
            List.of(
                new TopicLag("a", List.of(partition(0, 10, 0, 0))),
                new TopicLag("b", List.of(partition(0, 90, 0, 0)))));
    history.add(new LagSnapshot(START, List.of(group)));
    GroupLag later =
        new GroupLag(
            "g",
            GroupKind.CLASSIC,
            "STABLE",
            1,
            List.of(
                new TopicLag("a", List.of(partition(0, 10, 0, 0))),
                new TopicLag("b", List.of(partition(0, 50, 0, 40)))));

    LagReport report = history.add(new LagSnapshot(START.plusSeconds(10), List.of(later)));

    assertThat(report.state()).isEqualTo(LagState.REWIND);
    assertThat(report.groups().get(0).topics())
        .extracting(LagReport.Topic::state)
        .containsExactly(LagState.IDLE, LagState.REWIND);
  }

  private LagState state(int members, long committed, long start, long next) {
    return pace(members, committed, start, next).state();
  }

  /** Ten seconds after the one before. */
  private Pace pace(int members, long committed, long start, long next) {
    Instant at = START.plusSeconds(seconds);
    seconds += 10;
    long lag = next - Math.max(committed, start);
    PartitionLag partition =
        new PartitionLag(0, committed, start, committed + lag, lag, behind, Optional.empty());
    TopicLag topic = new TopicLag("t", List.of(partition));
    GroupLag seen = new GroupLag(group, GroupKind.CONSUMER, "STABLE", members, List.of(topic));
    LagReport report = history.add(new LagSnapshot(at, List.of(seen)));
    return report.groups().get(0).topics().get(0).partitions().get(0).pace();
  }

  private static PartitionLag partition(int number, long committed, long start, long lag) {
    return new PartitionLag(
        number, committed, start, committed + lag, lag, Optional.empty(), Optional.empty());
  }
}
