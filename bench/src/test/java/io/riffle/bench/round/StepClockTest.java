package io.riffle.bench.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.sink.rebuild.Step;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepClockTest {

  @Test
  void stepsThatComeAgainAddUp() {
    StepClock clock = new StepClock();
    long begin = System.nanoTime();

    clock.step(Step.CATCH_UP, "");
    pass(20);
    clock.step(Step.CATCH_UP, "a note is no other step");
    clock.step(Step.WAIT, "");
    clock.step(Step.CATCH_UP, "");
    pass(20);
    Map<Step, Double> seconds = clock.seconds();

    double all = (System.nanoTime() - begin) / 1e9;
    assertThat(seconds.keySet()).containsExactly(Step.CATCH_UP, Step.WAIT);
    assertThat(seconds.get(Step.CATCH_UP)).isBetween(0.04, all);
    assertThat(seconds.get(Step.CATCH_UP) + seconds.get(Step.WAIT)).isLessThanOrEqualTo(all);
  }

  private static void pass(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    await().until(() -> System.nanoTime() > end);
  }
}
