package io.riffle.chaos.scenario;

/**
 * How much there is.
 *
 * @param keys claims and events of each type that the sets choose from: few, so that they meet
 * @param persons the same of persons, of whom each record needs two hashes
 */
public record Scale(int keys, int persons) {

  /** Keys begin with the digits of the canary: there are no more of them. */
  public static final int MOST_KEYS = 5_000;

  public Scale {
    if (keys < 10 || keys > MOST_KEYS || persons < 5 || persons > MOST_KEYS) {
      throw new IllegalArgumentException(
          "keys are from 10 to " + MOST_KEYS + ", persons from 5 to " + MOST_KEYS);
    }
  }
}
