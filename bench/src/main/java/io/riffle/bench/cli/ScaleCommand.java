package io.riffle.bench.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.bench.chain.BenchChain;
import io.riffle.bench.report.Machine;
import io.riffle.bench.report.ScaleReport;
import io.riffle.bench.report.ScaleText;
import io.riffle.bench.round.Measurement;
import io.riffle.bench.round.RoundPlan;
import io.riffle.bench.round.ScaleBench;
import io.riffle.infra.cli.Riffle;
import io.riffle.infra.cli.StackOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code riffle bench scale}. */
@Command(
    name = "scale",
    description =
        "Load small and large data sets, and with few and many threads: what does a "
            + "record cost? The last but one of the sizes is loaded with each number of "
            + "threads; Riffle's programs are restarted for that and warmed up again.",
    mixinStandardHelpOptions = true)
final class ScaleCommand implements Callable<Integer> {

  @ParentCommand private BenchCommand bench;
  @Mixin private RoundOptions round = new RoundOptions();

  @Option(
      names = "--sizes",
      paramLabel = "N",
      split = ",",
      defaultValue = "10k,100k,1M",
      converter = Count.Converter.class,
      description = "Records of a load (default: ${DEFAULT-VALUE})")
  private List<Count> sizes;

  @Option(
      names = "--workers",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,2,4",
      description =
          "Workers of rif-producer, threads of merge-processor and tasks of the sink; 0 "
              + "for the sizes alone (default: ${DEFAULT-VALUE})")
  private List<Integer> workers;

  @Option(
      names = "--runs",
      paramLabel = "K",
      defaultValue = "1",
      description = "Loads of each kind (default: ${DEFAULT-VALUE})")
  private int runs;

  @Override
  public Integer call() throws Exception {
    StackOptions options = bench.options();
    RoundPlan plan = round.plan(options, runs);
    List<Long> records = sizes.stream().map(Count::value).distinct().sorted().toList();
    round.requireAtLeast("--sizes", 1, records);
    round.requireAtLeast("--workers", 0, workers);
    List<Integer> threads = workers.stream().filter(number -> number > 0).distinct().toList();
    try (BenchChain chain = round.chain(options, Optional.empty())) {
      ScaleBench scale = new ScaleBench(chain, plan, System.err::println);
      Map<Long, List<Measurement>> bySize = scale.sizes(records);
      long middle = records.get(Math.max(0, records.size() - 2));
      Map<Integer, List<Measurement>> byThreads = scale.threads(threads, middle);
      print(ScaleReport.of(plan, bySize, byThreads, Machine.here()), options.json());
    }
    return Riffle.OK;
  }

  private static void print(ScaleReport report, boolean json) {
    System.out.println(
        json ? new ObjectMapper().valueToTree(report).toString() : ScaleText.of(report));
  }
}
