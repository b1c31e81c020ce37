package io.riffle.operations.rejects;

import java.util.List;
import java.util.Optional;

/**
 * What came of asking for a status.
 *
 * @param taken one for each reject that was asked for, by number
 */
public record Taken(List<Each> taken) {

  public Taken {
    taken = List.copyOf(taken);
  }

  /**
   * One reject.
   *
   * @param redrive the request that it became part of, if it did
   * @param refusal why nothing was done, if nothing was
   */
  public record Each(long reject, Optional<Long> redrive, Optional<String> refusal) {}

  /** Rejects for which it was done. */
  public List<Each> done() {
    return taken.stream().filter(each -> each.refusal().isEmpty()).toList();
  }

  public List<Each> refused() {
    return taken.stream().filter(each -> each.refusal().isPresent()).toList();
  }

  /** Whether there was something to do, and all of it was done. */
  public boolean isAll() {
    return !taken.isEmpty() && refused().isEmpty();
  }

  /** How many there are of which outcome; {@code status} is what was asked for. */
  public String outcome(RejectStatus status) {
    return done().size() + " " + status + ", " + refused().size() + " refused";
  }
}
