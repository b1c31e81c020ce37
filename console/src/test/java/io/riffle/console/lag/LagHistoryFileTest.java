package io.riffle.console.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.console.history.HistoryKeeper;
import io.riffle.console.history.Point;
import io.riffle.operations.lag.LagHistory;
import io.riffle.operations.lag.LagReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lags of before, after a restart. */
class LagHistoryFileTest {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final String GROUP = "main-group-000";

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("history");
  }

  private HistoryKeeper keeper(LagSeries series, Instant now) {
    return new HistoryKeeper(
        Optional.of(file()), List.of(series), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static LagSeries series() {
    return new LagSeries(10_000, EVERY);
  }

  /** Looks from one to the other, ten seconds apart. */
  private static Instant look(LagSeries series, int from, int to) {
    LagHistory history = new LagHistory();
    Instant last = Instant.EPOCH;
    for (int look = from; look < to; look++) {
      LagReport report = GivenLags.of(2, 4, 2, history, look);
      series.add(report);
      last = report.at();
    }
    return last;
  }

  private static List<Point> hour(LagSeries series) {
    return series.points(GROUP, Optional.empty(), LagSeries.Span.HOUR);
  }

  private Instant writtenAfter(int looks) {
    LagSeries before = series();
    Instant last = look(before, 0, looks);
    try (HistoryKeeper keeper = keeper(before, last)) {
      keeper.start();
    }
    return last;
  }

  private LagSeries restored(Instant now) {
    LagSeries after = series();
    try (HistoryKeeper keeper = keeper(after, now)) {
      keeper.start();
    }
    return after;
  }

  @Test
  void whatWasSeenBeforeIsThereAgainWithAGapBetween() {
    Instant last = writtenAfter(30);

    LagSeries after = restored(last.plusSeconds(200));
    look(after, 50, 60);

    assertThat(hour(after)).hasSize(41).satisfiesOnlyOnce(p -> assertThat(p.isGap()).isTrue());
    assertThat(hour(after).get(30).isGap()).isTrue();
    assertThat(after.small(GROUP, Optional.empty())).hasSize(60).contains(Double.NaN);
    assertThat(
            after.points(GROUP, Optional.of("main.topic-0002"), LagSeries.Span.DAY).stream()
                .filter(Point::isGap))
        .as("of a few minutes, a day's graph has none")
        .isEmpty();
  }

  @Test
  void whatIsOlderThanItsSpanIsLeftOut() {
    Instant last = writtenAfter(30);

    LagSeries after = restored(last.plus(Duration.ofHours(5)));
    assertThat(hour(after)).isEmpty();
    assertThat(after.points(GROUP, Optional.empty(), LagSeries.Span.DAY)).isNotEmpty();

    LagSeries muchLater = restored(last.plus(Duration.ofHours(25)));
    assertThat(muchLater.points(GROUP, Optional.empty(), LagSeries.Span.DAY)).isEmpty();
  }

  @Test
  void aFileThatCannotBeReadIsABeginningAnew() throws IOException {
    Instant last = writtenAfter(30);
    byte[] content = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(content, content.length - 1));
    LagSeries after = series();
    HistoryKeeper keeper = keeper(after, last);

    keeper.start();

    assertThat(hour(after)).as("not half of it").isEmpty();
    look(after, 30, 35);
    keeper.close();
    assertThat(hour(restored(last.plusSeconds(60)))).hasSize(5);
  }
}
