package io.riffle.bench.cdc;

import io.riffle.bench.chain.BenchChain;
import io.riffle.bench.meter.Meter;
import io.riffle.bench.meter.ProcessUse;
import io.riffle.infra.sources.Capturing;
import io.riffle.infra.sources.SourceDatabase;
import io.riffle.samples.SampleSource;
import io.riffle.samples.change.ChangePlan;
import io.riffle.samples.change.ChangeReport;
import io.riffle.samples.change.ChangeWriter;
import io.riffle.samples.change.Mix;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** How long a change takes from its source into staging while a writer goes on at a steady rate. */
public final class FreshnessBench {

  private static final SampleSource SOURCE = SampleSource.SVP;

  /** Those whose every change moves a stamp of the source's own: none leaves a row as it was. */
  private static final List<String> TABLES = List.of("customers", "invoices", "invoice_lines");

  /** Like the usual one, but without updates that change nothing. */
  private static final Mix MIX = new Mix(25, 50, 6, 0, 3, 12, 4);

  private static final long ROWS = 20_000;
  private static final long SEED = 1;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final BenchChain chain;
  private final Capturing capturing;
  private final Meter meter;
  private final Consumer<String> progress;

  public FreshnessBench(BenchChain chain, Meter meter, Consumer<String> progress) {
    this.chain = chain;
    this.capturing = new Capturing(chain.stack());
    this.meter = meter;
    this.progress = progress;
  }

  /**
   * What was seen.
   *
   * @param changes committed ones
   * @param seconds that the writer took for them
   * @param catchUpSeconds from its last commit until staging was seen to equal the source; the
   *     comparison is in it
   */
  public record Result(
      Freshness freshness,
      long changes,
      double seconds,
      double catchUpSeconds,
      List<ProcessUse> processes) {

    public Result {
      processes = List.copyOf(processes);
    }
  }

  /**
   * Captures a source anew, warms up and measures.
   *
   * @param rate changes a second
   * @throws io.riffle.operations.load.LoadException when staging does not become equal to the
   *     source
   */
  public Result run(double rate, Duration warmUp, Duration measured) throws Exception {
    SourceDatabase source = new SourceDatabase(chain.endpoints(), SOURCE.id());
    StagedSource staged = captured(source);
    ChangePlan plan = ChangePlan.of(SEED).withMix(MIX).withRate(rate);
    try (ChangeWriter writer =
        ChangeWriter.open(source.dataSource(), SampleSource.SCHEMA, TABLES, plan)) {
      progress.accept("warming up for " + warmUp.toSeconds() + " s");
      writer.write(changes(rate, warmUp));
      staged.awaitEqual(source.dataSource(), PATIENCE);
      progress.accept("measuring for " + measured.toSeconds() + " s");
      return measure(source, staged, plan, changes(rate, measured));
    } finally {
      capturing.remove(SOURCE.id());
    }
  }

  private StagedSource captured(SourceDatabase source) throws Exception {
    capturing.remove(SOURCE.id());
    source.drop();
    source.create();
    SOURCE.create(source.dataSource());
    SOURCE.fill(source.dataSource(), SEED, ROWS);
    capturing.add(SOURCE.id(), source, TABLES);
    StagedSource staged = new StagedSource(chain.database().dataSource(), SOURCE.id(), TABLES);
    capturing.awaitSnapshots(SOURCE.id(), TABLES.size(), PATIENCE);
    return staged;
  }

  private Result measure(SourceDatabase source, StagedSource staged, ChangePlan plan, long changes)
      throws Exception {
    try (ChangeWriter writer =
        ChangeWriter.open(source.dataSource(), SampleSource.SCHEMA, TABLES, plan)) {
      Instant from = now(source.dataSource());
      Meter.Reading reading = meter.begin();
      ChangeReport report = writer.write(changes);
      List<ProcessUse> processes = reading.end();
      Instant to = now(source.dataSource());
      staged.awaitEqual(source.dataSource(), PATIENCE);
      double catchUp = Duration.between(to, now(source.dataSource())).toMillis() / 1000.0;
      Freshness freshness = Freshness.of(chain.database().dataSource(), staged.names(), from, to);
      return new Result(freshness, report.total(), report.seconds(), catchUp, processes);
    }
  }

  private static long changes(double rate, Duration time) {
    return Math.round(rate * time.toMillis() / 1000);
  }

  private static Instant now(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
      row.next();
      return row.getTimestamp(1).toInstant();
    }
  }
}
