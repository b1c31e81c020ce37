package io.riffle.bench.cdc;

import io.riffle.bench.chain.BenchChain;
import io.riffle.bench.meter.Meter;
import io.riffle.bench.round.Measurement;
import io.riffle.bench.round.Rest;
import io.riffle.infra.sources.Capturing;
import io.riffle.infra.sources.SourceDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** First snapshots of a wide table into staging, and copies of it by a pipe, by turns. */
public final class SnapshotBench {

  private static final String SOURCE = "wide";
  private static final List<String> TABLES = List.of(WideTable.NAME);
  private static final String COPY = "public.wide_copy";
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final BenchChain chain;
  private final Capturing capturing;
  private final Meter meter;
  private final Consumer<String> progress;
  private final SourceDatabase source;
  private final StagedSource staged;
  private final TablePipe pipe;
  private final Rest rest;

  public SnapshotBench(BenchChain chain, Meter meter, Consumer<String> progress) {
    this.chain = chain;
    this.capturing = new Capturing(chain.stack());
    this.meter = meter;
    this.progress = progress;
    this.source = new SourceDatabase(chain.endpoints(), SOURCE);
    this.staged = new StagedSource(chain.database().dataSource(), SOURCE, TABLES);
    this.pipe = new TablePipe(source.dataSource(), chain.database().dataSource());
    this.rest = new Rest(chain.database(), meter);
  }

  /** A snapshot, and a copy of the same rows. */
  public record Round(Measurement snapshot, Measurement copy) {

    /** Rows/s of the snapshot over those of the copy. */
    public double share() {
      return copy.seconds() / snapshot.seconds();
    }
  }

  /**
   * Rounds after one that does not count.
   *
   * @throws io.riffle.operations.load.LoadException when a snapshot does not become equal to the
   *     table
   */
  public List<Round> run(long rows, int rounds) throws Exception {
    capturing.remove(SOURCE);
    source.drop();
    source.create();
    new WideTable(source.dataSource()).fill(rows);
    List<Round> measured = new ArrayList<>();
    for (int number = 0; number <= rounds; number++) {
      Round round = round(rows);
      progress.accept(
          String.format(
              Locale.ROOT,
              "round %d of %d: snapshot %.1f s, copy %.1f s",
              number,
              rounds,
              round.snapshot().seconds(),
              round.copy().seconds()));
      measured.add(round);
    }
    chain.database().execute("DROP TABLE IF EXISTS " + COPY);
    return measured.subList(1, measured.size());
  }

  private Round round(long rows) throws Exception {
    rest.before(rows);
    Meter.Reading reading = meter.begin();
    capturing.add(SOURCE, source, TABLES);
    capturing.awaitSnapshots(SOURCE, TABLES.size(), PATIENCE);
    Measurement snapshot =
        new Measurement(
            "snapshot", rows, rows, 0, staged.snapshotSeconds(WideTable.NAME), reading.end());
    staged.awaitEqual(source.dataSource(), Duration.ZERO);
    capturing.remove(SOURCE);
    rest.before(rows);
    Meter.Reading again = meter.begin();
    double seconds = pipe.copy(COPY);
    return new Round(
        snapshot, new Measurement("pg_dump | psql", rows, rows, 0, seconds, again.end()));
  }
}
