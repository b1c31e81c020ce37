package io.riffle.bench.report;

import io.riffle.bench.cdc.Freshness;
import io.riffle.bench.cdc.FreshnessBench;
import io.riffle.bench.cdc.SnapshotBench.Round;
import io.riffle.bench.round.Measurement;
import java.util.List;
import java.util.Optional;

/** {@code riffle bench cdc}; null for what was not measured. */
public record CdcReport(String jdk, int cores, Stream stream, Bulk snapshot) {

  /** Of either or both. */
  public static CdcReport of(Machine machine, Optional<Stream> stream, Optional<Bulk> snapshot) {
    return new CdcReport(
        machine.jdk(), machine.cores(), stream.orElse(null), snapshot.orElse(null));
  }

  /**
   * Changes at a steady rate.
   *
   * @param changesPerSecond committed in the source
   * @param processes per change
   */
  public record Stream(
      long changes,
      double changesPerSecond,
      Freshness freshness,
      double catchUpSeconds,
      List<ProcessFigures> processes) {

    public Stream {
      processes = List.copyOf(processes);
    }

    public static Stream of(FreshnessBench.Result result) {
      Measurement all =
          new Measurement(
              "stream",
              result.changes(),
              result.changes(),
              0,
              result.seconds(),
              result.processes());
      return new Stream(
          result.changes(),
          all.recordsPerSecond(),
          result.freshness(),
          result.catchUpSeconds(),
          ProcessFigures.of(List.of(all)));
    }
  }

  /**
   * Snapshots of a wide table.
   *
   * @param share rows/s of a snapshot over those of its copy by {@code pg_dump | psql}
   */
  public record Bulk(
      long rows,
      int rounds,
      Spread share,
      Spread rowsPerSecond,
      Spread copyRowsPerSecond,
      List<ProcessFigures> processes,
      List<ProcessFigures> copyProcesses) {

    public Bulk {
      processes = List.copyOf(processes);
      copyProcesses = List.copyOf(copyProcesses);
    }

    public static Bulk of(List<Round> rounds) {
      List<Measurement> snapshots = rounds.stream().map(Round::snapshot).toList();
      List<Measurement> copies = rounds.stream().map(Round::copy).toList();
      return new Bulk(
          snapshots.get(0).rows(),
          rounds.size(),
          Spread.of(rounds, Round::share),
          Spread.of(snapshots, Measurement::rowsPerSecond),
          Spread.of(copies, Measurement::rowsPerSecond),
          ProcessFigures.of(snapshots),
          ProcessFigures.of(copies));
    }
  }
}
