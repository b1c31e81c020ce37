package io.riffle.operations.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WrittenRowsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final WrittenRows rows = new WrittenRows();

  @Test
  void theRateIsOfTheLastHalfMinute() {
    assertThat(at(0, 0)).isEmpty();
    assertThat(at(5, 5_000)).contains(1_000.0);
    assertThat(at(30, 6_000)).contains(200.0);
    assertThat(at(40, 6_000)).as("since second 30, 5 is too long ago").contains(0.0);
  }

  @Test
  void looksThatAreFarApartAreTwo() {
    at(0, 0);
    at(100, 100);
    assertThat(at(200, 1_100)).contains(10.0);
  }

  @Test
  void countsThatBeginAnewHaveNoRate() {
    at(0, 5_000);
    assertThat(at(5, 10)).isEmpty();
    assertThat(at(10, 60)).contains(10.0);
  }

  private Optional<Double> at(int seconds, long written) {
    return rows.add(
        new LedgerFacts(
            START.plusSeconds(seconds), Map.of(), Optional.empty(), written, List.of()));
  }
}
