package io.riffle.bench.report;

import io.riffle.bench.meter.ProcessUse;
import io.riffle.bench.round.Measurement;
import io.riffle.bench.round.RoundPlan;
import io.riffle.bench.round.RoundResult;
import io.riffle.bench.round.SinkPeer;
import io.riffle.schemas.layout.Layouts;
import java.util.List;
import java.util.Optional;

/** Made-up figures. */
final class Rounds {

  static final Machine MACHINE = new Machine("17", 2);

  private Rounds() {}

  static RoundPlan plan(String type) {
    Layouts layouts = Layouts.load();
    return new RoundPlan(layouts, layouts.get(type), 3, 2, 600);
  }

  /** A round of 100 records with so many seconds for each contender. */
  static RoundResult round(double copy, double load, Optional<Double> merge) {
    return new RoundResult(
        measurement("Riffle", load),
        merge.map(seconds -> measurement("Riffle _MERGE", seconds)),
        measurement("bare COPY", copy),
        Optional.empty());
  }

  static RoundResult race(double riffle, double peer) {
    SinkPeer.Race race =
        new SinkPeer.Race(measurement("Riffle's sink", riffle), measurement("Debezium", peer));
    return new RoundResult(
        measurement("Riffle", 4), Optional.empty(), measurement("bare COPY", 2), Optional.of(race));
  }

  /** Postgres takes as much CPU as there are seconds, and this program a tenth of a second. */
  static Measurement measurement(String contender, double seconds) {
    return measurement(contender, 100, seconds);
  }

  static Measurement measurement(String contender, long records, double seconds) {
    return new Measurement(
        contender,
        records,
        records * 4,
        records * 1000,
        seconds,
        List.of(
            new ProcessUse("postgres", seconds, 0, 1 << 20),
            new ProcessUse("client", 0.1, 0.05, 2 << 20)));
  }
}
