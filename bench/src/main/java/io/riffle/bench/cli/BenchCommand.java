package io.riffle.bench.cli;

import io.riffle.infra.cli.ModuleCommand;
import io.riffle.infra.cli.Riffle;
import io.riffle.infra.cli.StackOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code riffle bench}. */
@Command(
    name = "bench",
    description =
        "Measure what a load costs, on a stack of the bench's own (.riffle-bench, or "
            + "--home DIR). Results go to stdout, progress to stderr; -o json prints one "
            + "object.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {RifCommand.class, ScaleCommand.class, RebuildCommand.class, CdcCommand.class})
public final class BenchCommand implements ModuleCommand {

  @ParentCommand private Riffle riffle;

  /** Made by {@link java.util.ServiceLoader}. */
  public BenchCommand() {}

  StackOptions options() {
    return riffle.options();
  }
}
