package io.riffle.infra.cli;

import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.RejectStatus;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * The rejects that a command changes: named by number, or open ones by options, or all open ones.
 */
final class RejectSelection {

  private static final int LONGEST_NAME = 128; // riffle.rejects.status_by

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "ID", description = "Numbers of rejects")
  private List<Long> ids = List.of();

  @Mixin private RejectOptions which = new RejectOptions();

  @Option(names = "--all", description = "All rejects that are OPEN")
  private boolean all;

  @Option(names = "--dry-run", description = "Only say what would be taken")
  private boolean dryRun;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who wants it, for the record (default: ${DEFAULT-VALUE})")
  private String by;

  /**
   * The filter.
   *
   * @throws ParameterException if nothing, or a contradiction, is selected
   */
  RejectFilter filter() {
    RejectFilter byOptions = which.filter(List.of(), List.of(RejectStatus.OPEN));
    if (by.isBlank() || by.length() > LONGEST_NAME) {
      throw new ParameterException(
          spec.commandLine(), "--by is a name of at most " + LONGEST_NAME + " characters");
    }
    int ways = (ids.isEmpty() ? 0 : 1) + (byOptions.takesAll() ? 0 : 1) + (all ? 1 : 0);
    if (ways != 1) {
      throw new ParameterException(
          spec.commandLine(),
          "select rejects: by number, or by --file, --cause, --type, --since, or with --all");
    }
    return ids.isEmpty() ? byOptions : which.filter(ids, List.of());
  }

  boolean dryRun() {
    return dryRun;
  }

  String by() {
    return by;
  }
}
