package io.riffle.bench.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.bench.cdc.FreshnessBench;
import io.riffle.bench.cdc.SnapshotBench;
import io.riffle.bench.chain.BenchChain;
import io.riffle.bench.meter.Meter;
import io.riffle.bench.report.CdcReport;
import io.riffle.bench.report.CdcReport.Bulk;
import io.riffle.bench.report.CdcReport.Stream;
import io.riffle.bench.report.CdcText;
import io.riffle.bench.report.Machine;
import io.riffle.infra.cli.Riffle;
import io.riffle.infra.cli.StackOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code riffle bench cdc}. */
@Command(
    name = "cdc",
    description =
        "Capture a source that changes at a steady rate, and tell how long changes take from its"
            + " commit to that in staging; then take first snapshots of a wide table beside what"
            + " pg_dump and psql do with it. Exit code 1 when staging does not equal its source in"
            + " the end.",
    mixinStandardHelpOptions = true)
final class CdcCommand implements Callable<Integer> {

  @ParentCommand private BenchCommand bench;
  @Spec private CommandSpec spec;
  @Mixin private ChainOptions chainOptions = new ChainOptions();

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "500",
      description = "Changes a second (default: ${DEFAULT-VALUE})")
  private double rate;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description =
          "For so long, after a warm-up of half of it; 0: not (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--snapshot-rows",
      paramLabel = "N",
      defaultValue = "200k",
      converter = Count.Converter.class,
      description = "Rows of the wide table; 0: no snapshots (default: ${DEFAULT-VALUE})")
  private Count rows;

  @Option(
      names = "--rounds",
      paramLabel = "K",
      defaultValue = "3",
      description = "Snapshots that count (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    if (rate <= 0 || seconds < 0 || rounds < 1 || seconds + rows.value() == 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--rate is positive, --rounds at least 1, and --seconds or --snapshot-rows is given");
    }
    StackOptions options = bench.options();
    try (BenchChain chain = chainOptions.open(options, UnaryOperator.identity());
        Meter meter = chain.meter()) {
      CdcReport report = CdcReport.of(Machine.here(), stream(chain, meter), bulk(chain, meter));
      System.out.println(
          options.json() ? new ObjectMapper().valueToTree(report).toString() : CdcText.of(report));
    }
    return Riffle.OK;
  }

  private Optional<Stream> stream(BenchChain chain, Meter meter) throws Exception {
    if (seconds == 0) {
      return Optional.empty();
    }
    Duration measured = Duration.ofSeconds(seconds);
    FreshnessBench freshness = new FreshnessBench(chain, meter, System.err::println);
    return Optional.of(Stream.of(freshness.run(rate, measured.dividedBy(2), measured)));
  }

  private Optional<Bulk> bulk(BenchChain chain, Meter meter) throws Exception {
    return rows.value() == 0
        ? Optional.empty()
        : Optional.of(
            Bulk.of(
                new SnapshotBench(chain, meter, System.err::println).run(rows.value(), rounds)));
  }
}
