package io.riffle.chaos.report;

import java.util.List;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param minutes that were asked for
 * @param sets data sets delivered
 * @param records of them, those that were loaded again too
 * @param faults injected ones by name
 * @param lost rows that the tables lack
 * @param doubled rows that they have and should not
 * @param different rows with other values
 * @param regressed rows that became older, or were away, at some moment
 * @param totalsEqual whether every file is COMPLETED with counts that add up
 * @param leakedValues lines of logs that show health data
 * @param recoverySeconds of each service after a kill -9, from its new start until it was of use
 * @param endedByThemselves services that ended though nobody had told them to
 * @param failures what was not kept, in words, without a value
 */
public record ChaosReport(
    long seed,
    long minutes,
    int rounds,
    int sets,
    long records,
    Map<String, Integer> faults,
    long lost,
    long doubled,
    long different,
    long regressed,
    boolean totalsEqual,
    long leakedValues,
    Map<String, List<Double>> recoverySeconds,
    Map<String, Integer> endedByThemselves,
    List<String> failures) {

  /** Whether every promise was kept. */
  public boolean kept() {
    return failures.isEmpty();
  }
}
