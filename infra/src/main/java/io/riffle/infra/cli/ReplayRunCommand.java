package io.riffle.infra.cli;

import io.riffle.operations.replay.ReplayStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code riffle replay run}. */
@Command(
    name = "run",
    description = {
      "Do what a plan says, in this process, and show how far it is. One that was interrupted or has",
      "failed goes on where it was when it is run again. Exit code 1 when it did not come to its end,",
      "or the database refused records."
    })
final class ReplayRunCommand implements Callable<Integer> {
  @ParentCommand private ReplayCommand replay;

  @Parameters(paramLabel = "ID", description = "Number of the plan")
  private long id;

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      defaultValue = "5m",
      converter = DurationConverter.class,
      description =
          "of a change of generation: how long files on their way, and merge-processor, may stand"
              + " still (default: ${DEFAULT-VALUE})")
  private Duration patience;

  @Mixin private OperatorName operator = new OperatorName();

  @Override
  public Integer call() throws SQLException, InterruptedException {
    Optional<String> failure;
    try (ReplayWatch watch = ReplayWatch.of(replay.options())) {
      Replays replays = replay.replays();
      failure =
          replay
              .noted(operator.name(), id)
              .act(
                  "REPLAY_RUN",
                  end -> end.isPresent() ? ", did not come to its end" : "",
                  () -> replays.run(id, patience, watch));
    }
    ReplayStatus status = replay.ledger().get(id);
    ReplayReport report = new ReplayReport(List.of(status));
    System.out.println(replay.options().json() ? report.one() : report.table());
    failure.ifPresent(why -> System.err.println("riffle: replay " + id + ": " + why));
    return failure.isEmpty() && status.rejected() == 0 ? Riffle.OK : Riffle.NOT_OK;
  }
}
