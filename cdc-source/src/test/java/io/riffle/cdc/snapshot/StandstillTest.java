package io.riffle.cdc.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.ManualClock;
import org.junit.jupiter.api.Test;

class StandstillTest {
  private final ManualClock clock = new ManualClock();
  private final Standstill standstill = new Standstill(clock);

  @Test
  void isNewsOnceWhenNothingMoves() {
    clock.pass(Standstill.PATIENCE);
    assertThat(standstill.isNews()).isFalse();
    clock.pass(Standstill.PATIENCE);
    assertThat(standstill.isNews()).isTrue();
    assertThat(standstill.isNews()).isFalse();

    clock.pass(Standstill.PATIENCE);
    standstill.moved();
    clock.pass(Standstill.PATIENCE);
    assertThat(standstill.isNews()).isFalse();
  }

  @Test
  void isQuietNowAndThenWhileNothingMoves() {
    assertThat(standstill.isQuiet()).isFalse();
    clock.pass(Standstill.QUIET.plusMillis(1));
    assertThat(standstill.isQuiet()).isTrue();
    assertThat(standstill.isQuiet()).isFalse();

    clock.pass(Standstill.QUIET.plusMillis(1));
    standstill.moved();
    assertThat(standstill.isQuiet()).isFalse();
  }
}
