package io.riffle.chaos.scenario;

import java.util.List;

/**
 * What happens before the next look at everything.
 *
 * @param number from 1
 * @param strikes one after the other, beside the deliveries
 */
public record Round(int number, List<Delivery> deliveries, List<Strike> strikes) {

  public Round {
    deliveries = List.copyOf(deliveries);
    strikes = List.copyOf(strikes);
  }
}
