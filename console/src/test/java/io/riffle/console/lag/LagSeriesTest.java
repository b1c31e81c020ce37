package io.riffle.console.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.operations.lag.LagHistory;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LagSeriesTest {
  private static final Duration EVERY = Duration.ofSeconds(5);

  @Test
  void keepsGroupsAndTheirTopics() {
    LagSeries series = new LagSeries(100, EVERY);
    LagHistory history = new LagHistory();
    for (int look = 0; look < 3; look++) {
      series.add(GivenLags.of(2, 4, 2, history, look));
    }

    assertThat(series.points("main-group-000", Optional.empty(), LagSeries.Span.HOUR)).hasSize(3);
    assertThat(series.points("main-group-000", Optional.of("main.topic-0002"), LagSeries.Span.DAY))
        .as("within five minutes")
        .hasSize(1);
    assertThat(series.points("other", Optional.empty(), LagSeries.Span.HOUR)).isEmpty();
  }

  @Test
  void keepsNoMoreThanItMay() {
    LagSeries series = new LagSeries(3, EVERY);

    series.add(GivenLags.of(10, 10, 1, new LagHistory(), 0));

    assertThat(series.points("main-group-000", Optional.empty(), LagSeries.Span.HOUR)).hasSize(1);
    assertThat(series.points("main-group-009", Optional.empty(), LagSeries.Span.HOUR)).isEmpty();
  }

  @Test
  void dropsWhatWasNotSeenForADay() {
    LagSeries series = new LagSeries(3, EVERY);
    series.add(GivenLags.of(1, 1, 1, new LagHistory(), 0));

    series.add(GivenLags.of(0, 0, 1, new LagHistory(), 10_000));

    assertThat(series.points("main-group-000", Optional.empty(), LagSeries.Span.DAY)).isEmpty();
  }
}
