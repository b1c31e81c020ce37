package io.riffle.infra.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.demo.StagedTables.Last;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LagTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Lag lag = new Lag();

  @Test
  void nothingIsBehindBeforeTheFirstChange() {
    assertThat(lag.look(at(0), Optional.empty(), Optional.empty())).isZero();
  }

  @Test
  void whenAllIsThereItIsTheFreshnessOfTheNewest() {
    assertThat(look(10_000, 9_000, 9_000, 9_300)).isEqualTo(Duration.ofMillis(300));
    assertThat(look(20_000, 9_000, 9_000, 9_300)).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void whatIsMissingGrowsOld() {
    look(1_000, 900, 900, 950);

    assertThat(look(2_000, 1_800, 900, 950)).isEqualTo(Duration.ofMillis(200));
    assertThat(look(3_000, 2_900, 900, 950)).isEqualTo(Duration.ofMillis(1_200));
    assertThat(look(4_000, 3_900, 1_801, 3_950)).isEqualTo(Duration.ofMillis(1_100));
    assertThat(look(5_000, 3_900, 3_902, 4_800)).isEqualTo(Duration.ofMillis(898));
  }

  /** Events have milliseconds, and the writer's moment is before the server's. */
  @Test
  void aCommitOfTheSameMillisecondIsThere() {
    Instant committed = at(1_000).plusNanos(700_000);

    Duration behind =
        lag.look(at(5_000), Optional.of(committed), Optional.of(new Last(at(1_000), at(1_100))));

    assertThat(behind).isEqualTo(Duration.ofMillis(100));
  }

  private Duration look(long now, long committed, long last, long arrived) {
    return lag.look(
        at(now), Optional.of(at(committed)), Optional.of(new Last(at(last), at(arrived))));
  }

  private static Instant at(long millis) {
    return START.plusMillis(millis);
  }
}
