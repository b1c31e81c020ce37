package io.riffle.bench.report;

import io.riffle.bench.meter.Heap;
import io.riffle.bench.round.Measurement;
import io.riffle.bench.round.RoundPlan;
import io.riffle.bench.round.RoundResult;
import io.riffle.bench.round.SinkPeer.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * {@code riffle bench rif}. A ratio is taken in each round and spread afterwards. What was not run
 * is null.
 *
 * @param linesPerRecord null for types without claim lines
 * @param ratioToCopy records/s of Riffle's load over those of bare COPY
 * @param cpuRatioToCopy CPU of bare COPY over that of Riffle's load: unlike the one above it does
 *     not depend on what else the machine does
 * @param mergeRatioToFirstLoad records/s of the backfill over those of the load
 * @param ratioToDebeziumSink records/s of Riffle's sink over those of the peer
 * @param wallSeconds of Riffle's load, as the next two
 */
public record RifReport(
    String type,
    long records,
    Integer linesPerRecord,
    int runs,
    long warmupRecords,
    String jdk,
    int cores,
    Spread ratioToCopy,
    Spread cpuRatioToCopy,
    Spread mergeRatioToFirstLoad,
    Spread ratioToDebeziumSink,
    Spread wallSeconds,
    Spread recordsPerSecond,
    Spread cpuMicrosPerRecord,
    List<Contender> contenders,
    List<Heap> heaps) {

  public static RifReport of(
      RoundPlan plan, List<RoundResult> rounds, List<Heap> heaps, Machine machine) {
    Contender load = Contender.of(rounds.stream().map(RoundResult::load).toList());
    return new RifReport(
        plan.layout().type(),
        load.records(),
        plan.linesPerRecord(),
        plan.runs(),
        plan.warmup(),
        machine.jdk(),
        machine.cores(),
        Spread.of(rounds, round -> speed(round.load()) / speed(round.copy())),
        Spread.of(rounds, round -> round.copy().cpuSeconds() / round.load().cpuSeconds()),
        where(rounds, RoundResult::merge, round -> speed(round.merge()) / speed(round.load())),
        where(rounds, RoundResult::race, RifReport::ratio),
        load.wallSeconds(),
        load.recordsPerSecond(),
        load.cpuMicrosPerRecord(),
        contenders(rounds),
        heaps);
  }

  private static double ratio(RoundResult round) {
    Race race = round.race().orElseThrow();
    return speed(race.riffle()) / speed(race.peer());
  }

  private static double speed(Measurement measurement) {
    return measurement.recordsPerSecond();
  }

  private static double speed(Optional<Measurement> measurement) {
    return speed(measurement.orElseThrow());
  }

  private static Spread where(
      List<RoundResult> rounds,
      Function<RoundResult, Optional<?>> ran,
      ToDoubleFunction<RoundResult> figure) {
    return ran.apply(rounds.get(0)).isPresent() ? Spread.of(rounds, figure) : null;
  }

  private static List<Contender> contenders(List<RoundResult> rounds) {
    List<Contender> contenders = new ArrayList<>();
    for (int i = 0; i < rounds.get(0).all().size(); i++) {
      int number = i;
      contenders.add(Contender.of(rounds.stream().map(round -> round.all().get(number)).toList()));
    }
    return contenders;
  }
}
