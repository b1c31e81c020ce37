package io.riffle.operations.record;

import io.riffle.merge.record.Arrival;
import io.riffle.merge.record.TypeColumns;
import io.riffle.merge.rule.KeyState;
import io.riffle.merge.rule.MergeRule;
import io.riffle.schemas.control.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the merge rule makes of the deliveries of a key, one after the other.
 *
 * @param state after all of them
 * @param deliveries in their order
 */
public record KeyTrace(KeyState state, List<Traced> deliveries) {

  public KeyTrace {
    deliveries = List.copyOf(deliveries);
  }

  /** What became of a delivery. */
  public enum Fate {
    APPLIED,
    OLDER,
    DUPLICATE,
    PARKED,
    /** merge-processor could not take it: it is no part of the set. */
    REJECTED
  }

  /** A delivery and what became of it. */
  public record Traced(Delivery delivery, Fate fate) {}

  /**
   * Runs the rule over deliveries.
   *
   * @param rejected which of them merge-processor has rejected although they can be read
   */
  static KeyTrace of(TypeColumns columns, List<Delivery> found, Predicate<Delivery> rejected) {
    KeyState state = KeyState.empty(columns.shape());
    List<Traced> traced = new ArrayList<>();
    found.stream()
        .sorted(Delivery.ORDER)
        .forEach(
            delivery ->
                traced.add(
                    new Traced(
                        delivery,
                        rejected.test(delivery) ? Fate.REJECTED : take(state, delivery))));
    return new KeyTrace(state, traced);
  }

  private static Fate take(KeyState state, Delivery delivery) {
    return delivery.arrival() instanceof Arrival.Data data
        ? Fate.valueOf(MergeRule.apply(state, data.record()).name())
        : Fate.REJECTED;
  }

  /** The delivery that brought a version: the first one that was not rejected. */
  Optional<Traced> bringing(Version version) {
    return deliveries.stream()
        .filter(traced -> traced.fate() != Fate.REJECTED)
        .filter(
            traced ->
                traced.delivery().origin().filter(o -> o.version().equals(version)).isPresent())
        .findFirst();
  }

  /** The newest delivery that can be read. */
  Optional<Arrival.Data> last() {
    return deliveries.stream()
        .filter(traced -> traced.fate() != Fate.REJECTED)
        .map(traced -> (Arrival.Data) traced.delivery().arrival())
        .reduce((earlier, later) -> later);
  }
}
