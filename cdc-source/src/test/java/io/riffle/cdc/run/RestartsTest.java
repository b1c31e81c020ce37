package io.riffle.cdc.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartsTest {
  @Test
  void comeLaterAndLaterUntilTheConnectorWorks() {
    ManualClock clock = new ManualClock();
    Restarts restarts = new Restarts(clock);

    assertThat(restarts.isDue()).isTrue();
    assertThat(restarts.isDue()).isFalse();
    clock.pass(Duration.ofSeconds(2));
    assertThat(restarts.isDue()).isTrue();
    clock.pass(Duration.ofSeconds(2));
    assertThat(restarts.isDue()).isFalse();
    clock.pass(Duration.ofSeconds(2));
    assertThat(restarts.isDue()).isTrue();

    restarts.works();

    assertThat(restarts.isDue()).isTrue();
  }
}
