package io.riffle.infra.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Who gives an order. */
final class OperatorName {
  private static final int LONGEST_NAME = 128; // riffle.replays.planned_by, riffle.activity.who

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who wants it, for the record (default: ${DEFAULT-VALUE})")
  private String by;

  String name() {
    if (by.isBlank() || by.length() > LONGEST_NAME) {
      throw new ParameterException(
          spec.commandLine(), "--by is a name of at most " + LONGEST_NAME + " characters");
    }
    return by;
  }
}
