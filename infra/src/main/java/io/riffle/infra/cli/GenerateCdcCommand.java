package io.riffle.infra.cli;

import io.riffle.infra.sources.SourceRun;
import io.riffle.infra.sources.SourceRun.Result;
import io.riffle.operations.site.Endpoints;
import io.riffle.samples.SampleSource;
import io.riffle.samples.change.ChangePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code riffle generate cdc}. */
@Command(
    name = "cdc",
    description = {
      "Make source databases in the stack's Postgres, fill them, and write seeded changes: inserts,",
      "updates that mostly leave long values alone, deletes, keys that change and come back, long and",
      "interleaved transactions. One that is there is only changed."
    })
final class GenerateCdcCommand implements Callable<Integer> {

  private static final double USUAL_RATE = 100;
  private static final int SCHEMA_CHANGES = 4;

  @ParentCommand private GenerateCommand generate;
  @Spec private CommandSpec spec;

  @Option(
      names = "--source",
      defaultValue = "BOTH",
      description = "qvp (requests, certificates), svp (invoices) or both (default: both)")
  private Chosen source;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of all rows and changes (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--rows",
      defaultValue = "1000",
      description = "Rows of a main table; others have a share of it (default: ${DEFAULT-VALUE})")
  private long rows;

  @Option(names = "--changes", description = "Changes of each source; 0 for none (default: 1000)")
  private Long changes;

  @Option(
      names = "--minutes",
      description = "As many changes as make so many minutes at --rate (100/s unless given)")
  private Double minutes;

  @Option(
      names = "--rate",
      paramLabel = "R[/s]",
      converter = RateConverter.class,
      description = "Changes a second (default: as fast as it goes)")
  private Double rate;

  @Option(
      names = "--schema-changes",
      description = "Add, widen, rename and drop a column on the way")
  private boolean schemaChanges;

  @Option(
      names = "--truncate",
      paramLabel = "TABLE",
      description = "Empty a table half-way; later changes may fill it again")
  private String truncate;

  @Option(
      names = "--extremes",
      description = "With NaN, infinity, years before Christ and 24:00 among the values")
  private boolean extremes;

  @Option(names = "--reset", description = "Delete the sources first; none may be captured")
  private boolean reset;

  /** Which sources. */
  private enum Chosen {
    QVP,
    SVP,
    BOTH;

    private List<SampleSource> sources() {
      return switch (this) {
        case QVP -> List.of(SampleSource.QVP);
        case SVP -> List.of(SampleSource.SVP);
        case BOTH -> List.of(SampleSource.values());
      };
    }
  }

  @Override
  public Integer call() throws Exception {
    SourceRun run = new SourceRun(rows, changes(), plan(), reset);
    Endpoints endpoints = generate.options().stack().endpoints();
    List<Result> results = sideBySide(endpoints, source.sources(), run);
    System.out.println(
        generate.options().json() ? SourceReport.json(results) : SourceReport.text(results));
    return Riffle.OK;
  }

  private long changes() {
    if (minutes != null && changes != null) {
      throw wrong("--changes or --minutes, not both");
    }
    Stream<Number> given = Stream.of(rows, changes, minutes);
    if (given.filter(Objects::nonNull).anyMatch(number -> number.doubleValue() < 0)) {
      throw wrong("--rows, --changes and --minutes are not negative");
    }
    if (minutes != null) {
      return Math.round(minutes * 60 * ratePerSecond());
    }
    return changes == null ? 1000 : changes;
  }

  private double ratePerSecond() {
    if (rate != null) {
      return rate;
    }
    return minutes == null ? 0 : USUAL_RATE;
  }

  private ChangePlan plan() {
    ChangePlan plan = ChangePlan.of(seed).withRate(ratePerSecond());
    if (schemaChanges) {
      plan = plan.withSchemaChanges(SCHEMA_CHANGES);
    }
    if (extremes) {
      plan = plan.withExtremes();
    }
    return truncate == null ? plan : plan.withTruncate(truncated());
  }

  private String truncated() {
    if (source.sources().stream().noneMatch(one -> one.tables().contains(truncate))) {
      throw wrong("--truncate: there is no table " + truncate);
    }
    return truncate;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Both at the same time: they are two applications' databases. */
  private static List<Result> sideBySide(
      Endpoints endpoints, List<SampleSource> sources, SourceRun run) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(sources.size());
    try {
      List<Future<Result>> running =
          sources.stream().map(one -> threads.submit(() -> run.on(endpoints, one))).toList();
      List<Result> results = new ArrayList<>();
      for (Future<Result> one : running) {
        results.add(one.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception failure ? failure : e;
    } finally {
      threads.shutdownNow();
    }
  }
}
