package io.riffle.chaos.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.chaos.report.ChaosReport;
import io.riffle.chaos.report.ChaosText;
import io.riffle.chaos.report.Tally;
import io.riffle.chaos.round.ChaosRun;
import io.riffle.chaos.scenario.FaultKind;
import io.riffle.chaos.scenario.Scale;
import io.riffle.chaos.scenario.Scenario;
import io.riffle.chaos.stack.ChaosStack;
import io.riffle.infra.cli.ModuleCommand;
import io.riffle.infra.cli.Riffle;
import io.riffle.infra.cli.StackOptions;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.OwnStack;
import io.riffle.infra.stack.RepositoryRoot;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code riffle chaos}. */
@Command(
    name = "chaos",
    description =
        "Load random data sets while random faults are injected, on a stack of chaos's own "
            + "(.riffle-chaos, or --home DIR), and hold tables, ledger and logs against "
            + "what was delivered after each round. What happens follows from the seed; it "
            + "is printed to stderr. Exit code 1 when a promise was not kept: the stack is "
            + "stopped then, its data and logs stay.",
    mixinStandardHelpOptions = true)
public final class ChaosCommand implements ModuleCommand, Callable<Integer> {

  @ParentCommand private Riffle riffle;

  @Spec private CommandSpec spec;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "No round begins after these (default: ${DEFAULT-VALUE})")
  private long minutes;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "What decides everything; by default another one each time")
  private Long seed;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "No more rounds than these")
  private int rounds;

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Claims, and events, that sets choose from (default: ${DEFAULT-VALUE})")
  private int keys;

  @Option(
      names = "--persons",
      paramLabel = "N",
      defaultValue = "60",
      description = "Persons that sets choose from (default: ${DEFAULT-VALUE})")
  private int persons;

  @Option(
      names = "--faults",
      paramLabel = "KIND",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES}; may be separated by commas")
  private List<FaultKind> faults = List.of(FaultKind.values());

  @Option(names = "--keep", description = "Leave the stack running")
  private boolean keep;

  @Option(
      names = "--jvm-option",
      paramLabel = "OPTION",
      description = "For every JVM of the stack, such as -XX:TieredStopAtLevel=1; may be repeated")
  private List<String> jvmOptions = List.of();

  /** Made by {@link java.util.ServiceLoader}. */
  public ChaosCommand() {}

  @Override
  public Integer call() throws Exception {
    StackOptions options = riffle.options();
    Scale scale = scale();
    long chosen = seed == null ? new SecureRandom().nextInt(1_000_000) : seed;
    OwnStack home =
        OwnStack.of(
            "chaos",
            "chaos kills what it finds",
            RepositoryRoot.find(),
            options.home(),
            options.set());
    say("seed " + chosen);
    try (ChaosStack stack =
        ChaosStack.start(home, keep, builder -> settings(options, builder), ChaosCommand::say)) {
      ChaosReport report = play(stack, new Scenario(chosen, scale, faults), chosen);
      print(report, options.json());
      return report.kept() ? Riffle.OK : Riffle.NOT_OK;
    }
  }

  /** What went wrong can be looked at afterwards. */
  private ChaosReport play(ChaosStack stack, Scenario scenario, long chosen) throws Exception {
    boolean kept = false;
    try {
      Tally tally = new Tally(chosen, minutes);
      ChaosRun run = new ChaosRun(stack, riffle.options().layouts(), tally, ChaosCommand::say);
      ChaosReport report = run.play(scenario, Duration.ofMinutes(minutes), rounds);
      kept = report.kept();
      return report;
    } finally {
      if (!kept) {
        stack.keepFolder();
      }
    }
  }

  private Scale scale() {
    if (minutes < 0 || rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--minutes is not negative, --rounds is at least 1");
    }
    try {
      return new Scale(keys, persons);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private LocalStack.Builder settings(StackOptions options, LocalStack.Builder stack) {
    stack.jvmOptions(jvmOptions.toArray(String[]::new));
    options.layoutsFolder().ifPresent(stack::layouts);
    return stack;
  }

  private static void say(String progress) {
    System.err.println(progress);
  }

  private static void print(ChaosReport report, boolean json) {
    System.out.println(
        json ? new ObjectMapper().valueToTree(report).toString() : ChaosText.of(report));
  }
}
