package io.riffle.bench.round;

import io.riffle.operations.replay.ReplayRunner;
import io.riffle.sink.rebuild.Step;
import java.util.EnumMap;
import java.util.Map;

/** How long each step of a rebuild takes; some come more than once. */
final class StepClock implements ReplayRunner.Watcher {

  private static final double NANOS = 1e9;

  private final Map<Step, Double> seconds = new EnumMap<>(Step.class);
  private Step step;
  private long begin;

  @Override
  public void at(long planned, long done, long scanned) {
    // Steps are what is looked at.
  }

  @Override
  public void step(Step now, String note) {
    if (now != step) {
      lap();
      step = now;
    }
  }

  private void lap() {
    long now = System.nanoTime();
    if (step != null) {
      seconds.merge(step, (now - begin) / NANOS, Double::sum);
    }
    begin = now;
  }

  /** Seconds of all steps until now, in their order. */
  Map<Step, Double> seconds() {
    lap();
    return new EnumMap<>(seconds);
  }
}
