package io.riffle.samples.change;

import java.util.Optional;

/**
 * How a {@link ChangeWriter} is to change rows.
 *
 * @param seed of all values and choices
 * @param mix of the kinds of changes
 * @param sessions that have transactions open at the same time; the first one has the long ones
 * @param longest changes of a long transaction; others have up to 8
 * @param rate changes a second, 0 for as fast as it goes
 * @param schemaChanges how many a call of {@link ChangeWriter#write} makes: columns are added,
 *     widened, renamed and dropped by turns
 * @param truncate a table that is emptied in the middle of each call
 * @param extremes whether values come that not every reader can hold: NaN, infinity, years before
 *     Christ, midnight as 24:00
 */
public record ChangePlan(
    long seed,
    Mix mix,
    int sessions,
    int longest,
    double rate,
    int schemaChanges,
    Optional<String> truncate,
    boolean extremes) {

  public ChangePlan {
    if (sessions < 1 || longest < 1 || rate < 0 || schemaChanges < 0) {
      throw new IllegalArgumentException("a session and a change at least; nothing negative");
    }
  }

  /** Three sessions, as fast as it goes, no schema changes. */
  public static ChangePlan of(long seed) {
    return new ChangePlan(seed, Mix.USUAL, 3, 200, 0, 0, Optional.empty(), false);
  }

  public ChangePlan withMix(Mix other) {
    return new ChangePlan(seed, other, sessions, longest, rate, schemaChanges, truncate, extremes);
  }

  public ChangePlan withSessions(int number, int longestTransaction) {
    return new ChangePlan(
        seed, mix, number, longestTransaction, rate, schemaChanges, truncate, extremes);
  }

  public ChangePlan withRate(double changesPerSecond) {
    return new ChangePlan(
        seed, mix, sessions, longest, changesPerSecond, schemaChanges, truncate, extremes);
  }

  public ChangePlan withSchemaChanges(int number) {
    return new ChangePlan(seed, mix, sessions, longest, rate, number, truncate, extremes);
  }

  public ChangePlan withTruncate(String table) {
    return new ChangePlan(
        seed, mix, sessions, longest, rate, schemaChanges, Optional.of(table), extremes);
  }

  public ChangePlan withoutTruncate() {
    return new ChangePlan(
        seed, mix, sessions, longest, rate, schemaChanges, Optional.empty(), extremes);
  }

  public ChangePlan withExtremes() {
    return new ChangePlan(seed, mix, sessions, longest, rate, schemaChanges, truncate, true);
  }
}
