package io.riffle.chaos.report;

import io.riffle.chaos.check.Finding;
import io.riffle.chaos.check.Finding.Kind;
import io.riffle.chaos.scenario.Round;
import io.riffle.chaos.scenario.Strike;
import io.riffle.chaos.stack.Recovery;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what happens in a run. */
public final class Tally {

  private final long seed;
  private final long minutes;
  private final Map<String, Integer> faults = new TreeMap<>();
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final List<String> failures = new ArrayList<>();
  private int rounds;
  private int sets;
  private long records;

  public Tally(long seed, long minutes) {
    this.seed = seed;
    this.minutes = minutes;
  }

  /** A fault was injected. */
  public void struck(Strike strike) {
    faults.merge(strike.name(), 1, Integer::sum);
  }

  /**
   * A round is over.
   *
   * @param setsSoFar data sets delivered since the start
   * @param recordsSoFar the same of records
   */
  public void round(Round round, int setsSoFar, long recordsSoFar, List<Finding> findings) {
    rounds = round.number();
    sets = setsSoFar;
    records = recordsSoFar;
    for (Finding finding : findings) {
      counts.merge(finding.kind(), finding.count(), Long::sum);
      failures.add("round " + round.number() + ", " + finding);
    }
  }

  public int rounds() {
    return rounds;
  }

  /** Whether every promise was kept so far. */
  public boolean kept() {
    return failures.isEmpty();
  }

  public ChaosReport report(List<Recovery> recoveries, Map<String, Integer> ended) {
    return new ChaosReport(
        seed,
        minutes,
        rounds,
        sets,
        records,
        faults,
        count(Kind.LOST),
        count(Kind.DOUBLED),
        count(Kind.DIFFERENT),
        count(Kind.REGRESSED),
        count(Kind.TOTALS) + count(Kind.STUCK) == 0,
        count(Kind.LEAKED),
        seconds(recoveries),
        new TreeMap<>(ended),
        failures);
  }

  private long count(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  private static Map<String, List<Double>> seconds(List<Recovery> recoveries) {
    Map<String, List<Double>> seconds = new TreeMap<>();
    for (Recovery recovery : recoveries) {
      seconds
          .computeIfAbsent(recovery.service(), service -> new ArrayList<>())
          .add(Math.round(recovery.time().toMillis() / 100.0) / 10.0);
    }
    return seconds;
  }
}
