package io.riffle.bench.report;

import io.riffle.bench.round.Measurement;
import io.riffle.bench.round.RebuildRound;
import io.riffle.sink.rebuild.Step;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** {@code riffle bench replay}. A share is taken in each round and spread afterwards. */
public record RebuildReport(int rounds, String jdk, int cores, List<Rebuilt> types) {

  public RebuildReport {
    types = List.copyOf(types);
  }

  /** Of the types that were rebuilt, each with as many rounds. */
  public static RebuildReport of(int rounds, Machine machine, List<Rebuilt> types) {
    return new RebuildReport(rounds, machine.jdk(), machine.cores(), types);
  }

  /**
   * The rebuilds of a type's tables.
   *
   * @param rows of all its tables
   * @param share records/s of the rebuild over those of bare COPY into indexed tables
   * @param shareWithoutVerify the same without the step VERIFY
   * @param cpuShare CPU of bare COPY over that of the rebuild
   * @param stepSeconds of each step that there was, in their order
   */
  public record Rebuilt(
      String type,
      long records,
      long rows,
      Spread share,
      Spread shareWithoutVerify,
      Spread cpuShare,
      Map<Step, Spread> stepSeconds,
      Cost rebuild,
      Cost copy) {

    public static Rebuilt of(String type, List<RebuildRound> rounds) {
      Measurement any = rounds.get(0).rebuild();
      return new Rebuilt(
          type,
          any.records(),
          any.rows(),
          Spread.of(rounds, RebuildRound::share),
          Spread.of(rounds, RebuildRound::shareWithoutVerify),
          Spread.of(rounds, RebuildRound::cpuShare),
          steps(rounds),
          Cost.of(rounds.stream().map(RebuildRound::rebuild).toList()),
          Cost.of(rounds.stream().map(RebuildRound::copy).toList()));
    }

    private static Map<Step, Spread> steps(List<RebuildRound> rounds) {
      Map<Step, Spread> steps = new EnumMap<>(Step.class);
      for (Step step : Step.values()) {
        if (rounds.stream().anyMatch(round -> round.steps().containsKey(step))) {
          steps.put(step, Spread.of(rounds, round -> round.steps().getOrDefault(step, 0.0)));
        }
      }
      return steps;
    }
  }

  /** What one of the two takes. */
  public record Cost(
      Spread wallSeconds,
      Spread recordsPerSecond,
      Spread rowsPerSecond,
      Spread cpuSeconds,
      List<ProcessFigures> processes) {

    static Cost of(List<Measurement> runs) {
      return new Cost(
          Spread.of(runs, Measurement::seconds),
          Spread.of(runs, Measurement::recordsPerSecond),
          Spread.of(runs, Measurement::rowsPerSecond),
          Spread.of(runs, Measurement::cpuSeconds),
          ProcessFigures.of(runs));
    }
  }
}
