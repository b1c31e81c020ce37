package io.riffle.console.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.console.lag.LagSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole day of a large site's lags that never rest: the file is bounded, and quick enough. */
@Tag("full")
@Tag("pages")
class HistorySizeTest {
  private static final Instant END = Instant.parse("2026-11-21T00:00:00Z");
  private static final long MILLION = 1_000_000;

  @TempDir private Path folder;

  /** 300 groups read 1,000 topics. */
  @Test
  void aLargeSitesHistoryIsSmall() throws IOException {
    measure(1_300, 8 * MILLION);
  }

  @Test
  @Tag("full")
  @Tag("pages")
  void asMuchAsIsKeptAtAllIsBounded() throws IOException {
    measure(10_000, 60 * MILLION);
  }

  private void measure(int lines, long most) throws IOException {
    LagSeries full = series();
    Random random = new Random(7);
    for (int line = 0; line < lines; line++) {
      Instant start = END.minus(Duration.ofDays(1));
      full.restore(GivenTraces.of("group-%05d".formatted(line), start, END, random), END);
    }
    HistoryFile file = new HistoryFile(folder.resolve("history"));
    long begin = System.nanoTime();
    file.write(List.of(full));
    long written = System.nanoTime();
    LagSeries back = series();
    int traces = file.read(trace -> back.restore(trace, END));
    long read = System.nanoTime();

    long bytes = Files.size(folder.resolve("history"));
    System.out.printf(
        "history: %d lines, %d bytes, written in %d ms, read in %d ms%n",
        lines, bytes, (written - begin) / MILLION, (read - written) / MILLION);
    assertThat(bytes).isLessThan(most);
    assertThat(traces).isEqualTo(lines);
    for (LagSeries.Span span : LagSeries.Span.values()) {
      assertThat(back.points("group-00007", Optional.empty(), span))
          .isEqualTo(full.points("group-00007", Optional.empty(), span))
          .hasSizeGreaterThan(200);
    }
  }

  private static LagSeries series() {
    return new LagSeries(10_000, Duration.ofSeconds(5));
  }
}
