package io.riffle.infra.cli;

import io.riffle.operations.generation.GenerationPlanner;
import io.riffle.operations.replay.ReplayMode;
import io.riffle.operations.replay.ReplayPlanner;
import io.riffle.operations.replay.ReplayPlanner.Planned;
import io.riffle.operations.replay.ReplayRequest;
import io.riffle.operations.replay.ReplaySite;
import io.riffle.operations.replay.Scope;
import io.riffle.operations.replay.StartAt;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code riffle replay plan}. */
@Command(
    name = "plan",
    description = {
      "Look what a replay would read and write, and store it as a plan; nothing else is changed.",
      "It always reads up to where the live sink is. Exit code 1 when it is refused, with the reason."
    })
final class ReplayPlanCommand implements Callable<Integer> {
  @ParentCommand private ReplayCommand replay;
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private ReplayScope scope;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "The type of the keys, such as CARRIER")
  private String type;

  @Mixin private ReplayStart start = new ReplayStart();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "merge",
      description = {
        "merge: in place, missing rows come back; rebuild: new tables that take the place of the",
        "present ones, --table only (default: ${DEFAULT-VALUE})"
      })
  private Mode mode;

  @Option(
      names = "--force",
      description = "merge: write rows of the same version again, too: what was changed by hand")
  private boolean forced;

  @Option(
      names = "--reingest",
      description = "with --file: read the file from S3 again, as a new attempt")
  private boolean reingest;

  @Option(
      names = "--partitions",
      split = ",",
      paramLabel = "TYPE=N",
      description = "with --generation: partitions of a type's topics; others keep theirs")
  private Map<String, Integer> partitions = Map.of();

  @Mixin private OperatorName operator = new OperatorName();

  private enum Mode {
    MERGE,
    REBUILD
  }

  @Override
  public Integer call() throws SQLException, InterruptedException {
    Planned planned = scope.isGeneration() ? generation() : one(request());
    new ReplayPlanReport(planned).print(replay.options());
    return Riffle.OK;
  }

  private Planned one(ReplayRequest request) throws SQLException, InterruptedException {
    return noted(
        request.scope().text() + request.start().text(),
        () -> new ReplayPlanner(ReplaySite.of(replay.endpoints())).plan(request));
  }

  private Planned generation() throws SQLException, InterruptedException {
    requireAlone();
    String by = operator.name();
    return noted(
        "all topics anew" + (partitions.isEmpty() ? "" : ", partitions " + partitions),
        () -> new GenerationPlanner(ReplaySite.of(replay.endpoints())).plan(partitions, by));
  }

  private interface Planning {
    Planned plan() throws SQLException;
  }

  private Planned noted(String what, Planning planning) throws SQLException, InterruptedException {
    return CommandNotes.by(operator.name(), replay.database())
        .act(
            "REPLAY_PLAN",
            what,
            Optional.empty(),
            planning::plan,
            made -> "replay " + made.status().id() + " " + made.status().mode());
  }

  private void requireAlone() {
    boolean alone =
        start.start(spec) instanceof StartAt.Beginning
            && type == null
            && !reingest
            && !forced
            && mode == Mode.MERGE;
    require(alone, "--generation goes with --partitions alone");
  }

  private ReplayRequest request() {
    require(partitions.isEmpty(), "--partitions goes with --generation");
    Scope what = scope.scope(type, spec);
    StartAt from = start.start(spec);
    boolean whole = from instanceof StartAt.Beginning;
    boolean ofTopic = what instanceof Scope.Table || what instanceof Scope.Topic;
    require(whole || ofTopic, "a start goes with --table or --topic");
    require(type == null || what instanceof Scope.Keys, "--type goes with --key");
    require(!reingest || what instanceof Scope.File, "--reingest goes with --file");
    boolean plain = whole && !forced;
    require(!reingest || (plain && mode == Mode.MERGE), "--reingest goes with --file alone");
    require(
        mode == Mode.MERGE || (what instanceof Scope.Table && plain),
        "a rebuild is of a whole table: --table alone");
    return new ReplayRequest(what, from, replayMode(), forced, operator.name());
  }

  private ReplayMode replayMode() {
    if (reingest) {
      return ReplayMode.REINGEST;
    }
    return mode == Mode.REBUILD ? ReplayMode.REBUILD : ReplayMode.MERGE;
  }

  private void require(boolean fine, String otherwise) {
    if (!fine) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}
