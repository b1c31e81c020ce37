package io.riffle.bench.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.bench.chain.BenchChain;
import io.riffle.bench.meter.Meter;
import io.riffle.bench.report.Machine;
import io.riffle.bench.report.RebuildReport;
import io.riffle.bench.report.RebuildReport.Rebuilt;
import io.riffle.bench.report.RebuildText;
import io.riffle.bench.round.RebuildBench;
import io.riffle.bench.round.RoundPlan;
import io.riffle.infra.cli.Riffle;
import io.riffle.infra.cli.StackOptions;
import io.riffle.schemas.layout.Layouts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code riffle bench replay}. */
@Command(
    name = "replay",
    description =
        "Load records once, then rebuild their tables from the merged topics (riffle replay, "
            + "mode rebuild) and COPY the same rows into empty tables with the same indexes, by "
            + "turns. Prints the share of COPY's speed that a rebuild has, with and without its "
            + "verification, and the time of its steps; exit code 1 when rows are missing.",
    mixinStandardHelpOptions = true)
final class RebuildCommand implements Callable<Integer> {

  private static final int LINES = 3;

  @ParentCommand private BenchCommand bench;
  @Spec private CommandSpec spec;
  @Mixin private ChainOptions chainOptions = new ChainOptions();

  @Option(
      names = "--claims",
      paramLabel = "N",
      defaultValue = "300k",
      converter = Count.Converter.class,
      description = "CARRIER claims of three lines to load; 0: none (default: ${DEFAULT-VALUE})")
  private Count claims;

  @Option(
      names = "--pde",
      paramLabel = "N",
      defaultValue = "1200k",
      converter = Count.Converter.class,
      description = "Drug events to load; 0: none (default: ${DEFAULT-VALUE})")
  private Count pde;

  @Option(
      names = "--rounds",
      paramLabel = "K",
      defaultValue = "3",
      description = "Rounds that count (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    if (rounds < 1 || claims.value() + pde.value() == 0) {
      throw new ParameterException(
          spec.commandLine(), "--rounds is at least 1, and --claims or --pde");
    }
    StackOptions options = bench.options();
    List<Rebuilt> types = new ArrayList<>();
    try (BenchChain chain = chainOptions.open(options, UnaryOperator.identity());
        Meter meter = chain.meter()) {
      RebuildBench rebuilds = new RebuildBench(chain, meter, System.err::println);
      for (Map.Entry<String, Long> type : records().entrySet()) {
        RoundPlan plan = plan(options.layouts(), type.getKey());
        types.add(Rebuilt.of(type.getKey(), rebuilds.run(plan, type.getValue())));
      }
    }
    print(RebuildReport.of(rounds, Machine.here(), types), options.json());
    return Riffle.OK;
  }

  private Map<String, Long> records() {
    Map<String, Long> records = new LinkedHashMap<>();
    records.put("CARRIER", claims.value());
    records.put("PDE", pde.value());
    records.values().removeIf(number -> number == 0);
    return records;
  }

  private RoundPlan plan(Layouts layouts, String type) {
    return new RoundPlan(layouts, layouts.get(type), LINES, rounds, 0);
  }

  private static void print(RebuildReport report, boolean json) {
    System.out.println(
        json ? new ObjectMapper().valueToTree(report).toString() : RebuildText.of(report));
  }
}
