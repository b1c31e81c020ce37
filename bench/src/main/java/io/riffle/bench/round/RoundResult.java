package io.riffle.bench.round;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the contenders took in one round. */
public record RoundResult(
    Measurement load, Optional<Measurement> merge, Measurement copy, Optional<SinkPeer.Race> race) {

  /** Without a race. */
  RoundResult(Measurement load, Optional<Measurement> merge, Measurement copy) {
    this(load, merge, copy, Optional.empty());
  }

  RoundResult with(SinkPeer.Race other) {
    return new RoundResult(load, merge, copy, Optional.of(other));
  }

  /** In the order of reports. */
  public List<Measurement> all() {
    List<Measurement> all = new ArrayList<>(List.of(copy, load));
    merge.ifPresent(all::add);
    race.ifPresent(both -> all.addAll(List.of(both.riffle(), both.peer())));
    return all;
  }
}
