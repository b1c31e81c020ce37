package io.riffle.operations.rejects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "90m, 2026-03-01T10:30:00Z",
    "24h, 2026-02-28T12:00:00Z",
    "7d, 2026-02-22T12:00:00Z",
    "2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
  })
  void isBeforeNowOrAnInstant(String text, String moment) {
    assertThat(Moment.parse(text, NOW)).isEqualTo(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "24", "-1h", "1w", "yesterday", "2026-01-01", "+10000-01-01T00:00:00Z"})
  void orElseNone(String text) {
    assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> Moment.parse(text, NOW));
  }
}
