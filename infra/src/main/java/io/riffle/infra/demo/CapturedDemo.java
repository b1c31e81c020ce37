package io.riffle.infra.demo;

import io.riffle.infra.demo.CapturedReport.TableReport;
import io.riffle.infra.sources.Capturing;
import io.riffle.infra.stack.LocalStack;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.site.Endpoints;
import io.riffle.samples.SampleSource;
import io.riffle.samples.compare.Difference;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Sample sources through the whole of change data capture: made, filled and captured, then changed,
 * until their staging tables equal them. Can be repeated: what is there is only changed.
 */
public final class CapturedDemo {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(250);

  private final List<DemoSource> sources;
  private final Consumer<String> progress;

  /**
   * @param progress is told of each step
   */
  public CapturedDemo(LocalStack stack, List<SampleSource> samples, Consumer<String> progress) {
    Endpoints endpoints = stack.endpoints();
    Capturing capturing = new Capturing(stack);
    DataSource target = PostgresClient.dataSource(endpoints);
    this.progress = progress;
    this.sources =
        samples.stream()
            .map(source -> new DemoSource(endpoints, capturing, target, source))
            .toList();
  }

  /**
   * Captures the sources, changes them and waits for staging.
   *
   * @param rows of the main tables of a source that is not there yet
   * @param changes of each source
   * @throws io.riffle.operations.site.StackException when a source cannot be captured
   */
  public CapturedReport run(long rows, long changes, long seed)
      throws SQLException, InterruptedException {
    long started = System.nanoTime();
    for (DemoSource source : sources) {
      source.capture(rows, seed);
    }
    progress.accept("the source databases are captured; waiting for their rows in staging ...");
    for (DemoSource source : sources) {
      source.awaitSnapshots(PATIENCE);
    }
    progress.accept("all rows are in staging; changing " + changes + " in each source ...");
    for (DemoSource source : sources) {
      source.change(changes, seed);
    }
    return awaitEqual(started);
  }

  private CapturedReport awaitEqual(long started) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Map<DemoSource, List<Difference>> differences = differences();
    while (differences.values().stream().anyMatch(found -> !found.isEmpty())
        && System.nanoTime() < deadline) {
      Thread.sleep(LOOK.toMillis());
      differences = differences();
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    List<TableReport> reports = new ArrayList<>();
    for (DemoSource source : sources) {
      reports.addAll(source.reports(differences.get(source)));
    }
    return new CapturedReport(reports, seconds);
  }

  private Map<DemoSource, List<Difference>> differences() throws SQLException {
    Map<DemoSource, List<Difference>> differences = new LinkedHashMap<>();
    for (DemoSource source : sources) {
      differences.put(source, source.differences());
    }
    return differences;
  }
}
