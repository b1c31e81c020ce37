package io.riffle.infra.cli;

import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ScopeType;

/**
 * The {@code riffle} command. A new subcommand is a class and a line in the list below; one of
 * another module is a {@link ModuleCommand}.
 */
@Command(
    name = "riffle",
    description = "RIF claims from S3 into Postgres: the local stack and what to do with it.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT, // every command tells how it is used
    versionProvider = RiffleVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LoadCommand.class,
      FilesCommand.class,
      LagCommand.class,
      ConsoleCommand.class,
      DoctorCommand.class,
      RecordCommand.class,
      RejectsCommand.class,
      ReplayCommand.class,
      CdcCommand.class,
      LeaseCommand.class,
      DumpCommand.class,
      GenerateCommand.class,
      SchemaCommand.class,
      SetupCommand.class,
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:ok", "1:not ok", "2:wrong usage"})
public final class Riffle {
  public static final int OK = 0;
  public static final int NOT_OK = 1;

  @Mixin private StackOptions options = new StackOptions();

  private Riffle() {}

  /** What all commands take. */
  public StackOptions options() {
    return options;
  }

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs one command line and returns the exit code: 0 ok, 1 not ok, 2 wrong usage. */
  public static int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Riffle());
    ServiceLoader.load(ModuleCommand.class).forEach(line::addSubcommand);
    // keys may be negative: -7 is a key there and no option
    line.getSubcommands().get("record").setUnmatchedOptionsArePositionalParams(true);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new PlainErrors());
  }
}
