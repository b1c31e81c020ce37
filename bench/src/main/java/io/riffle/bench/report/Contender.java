package io.riffle.bench.report;

import io.riffle.bench.round.Measurement;
import java.util.List;

/**
 * The figures of one contender over all rounds.
 *
 * @param records of each round
 * @param megabytesPerSecond of the RIF files
 */
public record Contender(
    String name,
    long records,
    long rows,
    long rifBytes,
    Spread recordsPerSecond,
    Spread rowsPerSecond,
    Spread megabytesPerSecond,
    Spread wallSeconds,
    Spread cpuSeconds,
    Spread cpuMicrosPerRecord,
    List<ProcessFigures> processes) {

  static Contender of(List<Measurement> runs) {
    Measurement any = runs.get(0);
    return new Contender(
        any.contender(),
        any.records(),
        any.rows(),
        any.bytes(),
        Spread.of(runs, Measurement::recordsPerSecond),
        Spread.of(runs, Measurement::rowsPerSecond),
        Spread.of(runs, Measurement::megabytesPerSecond),
        Spread.of(runs, Measurement::seconds),
        Spread.of(runs, Measurement::cpuSeconds),
        Spread.of(runs, Measurement::cpuMicrosPerRecord),
        ProcessFigures.of(runs));
  }
}
