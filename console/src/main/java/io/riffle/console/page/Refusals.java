package io.riffle.console.page;

import java.util.List;

/** What is told of those that an order did not take. */
public final class Refusals {
  private Refusals() {}

  /**
   * To be put behind what was done.
   *
   * @param reasons of each one, in words; none: nothing is told
   */
  public static String of(List<String> reasons) {
    return reasons.isEmpty()
        ? ""
        : "; refused: " + reasons.size() + ", the first because " + reasons.get(0);
  }
}
