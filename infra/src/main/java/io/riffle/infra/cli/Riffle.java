package io.riffle.infra.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The {@code riffle} command. A new subcommand is a class and a line in the list below. */
@Command(
    name = "riffle",
    description = "RIF claims from S3 into Postgres: the local stack and what to do with it.",
    mixinStandardHelpOptions = true,
    versionProvider = RiffleVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LoadCommand.class,
      FilesCommand.class,
      DumpCommand.class,
      GenerateCommand.class,
      SchemaCommand.class,
      SetupCommand.class,
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:ok", "1:not ok", "2:wrong usage"})
public final class Riffle {
  static final int OK = 0;
  static final int NOT_OK = 1;

  @Mixin private StackOptions options = new StackOptions();

  private Riffle() {}

  StackOptions options() {
    return options;
  }

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs one command line and returns the exit code: 0 ok, 1 not ok, 2 wrong usage. */
  static int run(String... arguments) {
    return new CommandLine(new Riffle())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new PlainErrors())
        .execute(arguments);
  }
}
