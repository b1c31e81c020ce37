package io.riffle.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0.0s",
    "PT0.449S, 0.4s",
    "PT10S, 10s",
    "PT59.9S, 59s",
    "PT3M5S, 3m 05s",
    "PT2H14M59S, 2h 14m",
    "PT75H, 3d 03h"
  })
  void peopleReadTwoUnitsAtMost(Duration time, String text) {
    assertThat(DurationText.about(time)).isEqualTo(text);
  }
}
