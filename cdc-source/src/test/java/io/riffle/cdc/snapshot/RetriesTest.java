package io.riffle.cdc.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private final ManualClock clock = new ManualClock();
  private final Retries retries = new Retries(clock);

  @Test
  void aFailureIsTriedAgainLaterAndLater() {
    assertThat(retries.isDue(1)).isTrue();
    for (int seconds = 5; seconds <= 160; seconds *= 2) {
      assertThat(retries.isWorthAnother(1)).isTrue();
      clock.pass(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(retries.isDue(1)).as("after not quite %d s", seconds).isFalse();
      clock.pass(Duration.ofMillis(1));
      assertThat(retries.isDue(1)).isTrue();
    }

    assertThat(retries.isWorthAnother(1)).isFalse();
  }

  @Test
  void oneThatIsOverBeginsFromTheFirst() {
    retries.isWorthAnother(1);
    retries.forget(1);

    assertThat(retries.isDue(1)).isTrue();
    assertThat(retries.isDue(2)).isTrue();
  }
}
