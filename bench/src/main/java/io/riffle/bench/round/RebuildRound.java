package io.riffle.bench.round;

import io.riffle.sink.rebuild.Step;
import java.util.Map;

/**
 * What a rebuild and bare COPY of the same rows took, one after the other.
 *
 * @param steps seconds of each step of the rebuild
 */
public record RebuildRound(Measurement rebuild, Map<Step, Double> steps, Measurement copy) {

  public RebuildRound {
    steps = Map.copyOf(steps);
  }

  /** Records/s of the rebuild over those of COPY. */
  public double share() {
    return copy.seconds() / rebuild.seconds();
  }

  /** The same, as if the rebuild had taken what was copied on trust. */
  public double shareWithoutVerify() {
    return copy.seconds() / (rebuild.seconds() - steps.getOrDefault(Step.VERIFY, 0.0));
  }

  /** CPU of COPY over that of the rebuild. */
  public double cpuShare() {
    return copy.cpuSeconds() / rebuild.cpuSeconds();
  }
}
