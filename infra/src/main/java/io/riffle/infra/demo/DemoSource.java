package io.riffle.infra.demo;

import io.riffle.infra.demo.CapturedReport.TableReport;
import io.riffle.infra.sources.Capturing;
import io.riffle.infra.sources.SourceDatabase;
import io.riffle.infra.sources.SourceRun;
import io.riffle.operations.site.Endpoints;
import io.riffle.samples.SampleSource;
import io.riffle.samples.change.ChangeKind;
import io.riffle.samples.change.ChangePlan;
import io.riffle.samples.compare.Difference;
import io.riffle.samples.compare.StagingComparison;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** A sample source of the demo, which captures it and changes it. */
final class DemoSource {

  /** Tables without a key are small here. */
  private static final Duration RELOAD = Duration.ofMinutes(1);

  private static final int SESSIONS = 3;
  private static final int LONGEST_TRANSACTION = 40;

  private final Endpoints endpoints;
  private final Capturing capturing;
  private final SampleSource source;
  private final SourceDatabase database;
  private final StagedTables staged;
  private final StagingComparison comparison;
  private final Map<String, Long> changes = new TreeMap<>();

  DemoSource(Endpoints endpoints, Capturing capturing, DataSource target, SampleSource source) {
    this.endpoints = endpoints;
    this.capturing = capturing;
    this.source = source;
    this.database = new SourceDatabase(endpoints, source.id());
    this.staged = new StagedTables(target, source.id());
    this.comparison =
        new StagingComparison(database.dataSource(), SampleSource.SCHEMA, target, staged.schema());
  }

  /**
   * Makes, fills and captures it, each unless that was done before.
   *
   * @throws io.riffle.operations.site.StackException when there is another source of its name
   */
  void capture(long rows, long seed) throws SQLException, InterruptedException {
    boolean captured = capturing.has(source.id(), database);
    new SourceRun(rows, 0, ChangePlan.of(seed), false).on(endpoints, source);
    if (!captured) {
      capturing.add(source.id(), database, source.tables(), RELOAD);
    }
  }

  void awaitSnapshots(Duration patience) throws SQLException, InterruptedException {
    capturing.awaitSnapshots(source.id(), source.tables().size(), patience);
  }

  /**
   * Changes its rows as fast as it goes.
   *
   * @return the number of changes that were committed
   */
  long change(long number, long seed) throws SQLException, InterruptedException {
    ChangePlan plan = ChangePlan.of(seed).withSessions(SESSIONS, LONGEST_TRANSACTION);
    SourceRun.Result result = new SourceRun(0, number, plan, false).on(endpoints, source);
    result.changed().changes().forEach(this::count);
    return result.changed().total();
  }

  private void count(String table, Map<ChangeKind, Long> kinds) {
    changes.merge(table, kinds.values().stream().mapToLong(n -> n).sum(), Long::sum);
  }

  /**
   * What differs; what is to be read again, because it has no key, is read again for the next look.
   */
  List<Difference> differences() throws SQLException {
    List<Difference> differences = comparison.differences(source.tables());
    List<String> streamed = capturing.streamed(source.id());
    if (differences.stream().anyMatch(one -> !streamed.contains(one.table()))) {
      capturing.reload(source.id());
    }
    return differences;
  }

  /** One for each table. */
  List<TableReport> reports(List<Difference> differences) throws SQLException {
    List<String> streamed = capturing.streamed(source.id());
    List<TableReport> reports = new ArrayList<>();
    for (String table : source.tables()) {
      reports.add(
          new TableReport(
              source.id(),
              table,
              StagedTables.count(database.dataSource(), SampleSource.SCHEMA, table, "true"),
              staged.rows(table),
              staged.deleted(table),
              changes.getOrDefault(table, 0L),
              streamed.contains(table) ? freshness(table) : null,
              differences.stream()
                  .filter(one -> one.table().equals(table))
                  .map(Difference::toString)
                  .toList()));
    }
    return reports;
  }

  private Double freshness(String table) throws SQLException {
    return staged
        .last(List.of(table))
        .map(last -> last.freshness().toMillis() / 1000.0)
        .orElse(null);
  }
}
