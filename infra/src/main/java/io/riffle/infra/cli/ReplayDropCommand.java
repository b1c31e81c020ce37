package io.riffle.infra.cli;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code riffle replay drop}. */
@Command(
    name = "drop",
    description = {
      "Delete what is kept for a replay that is over (DONE, FAILED or CANCELLED): its keys; of a",
      "rebuild the tables that it replaced, or has made so far; after a change of generation the old",
      "topics, too. The replay stays listed, and cannot be run again."
    })
final class ReplayDropCommand implements Callable<Integer> {
  @ParentCommand private ReplayCommand replay;

  @Parameters(paramLabel = "ID", description = "Number of the replay")
  private long id;

  @Mixin private OperatorName operator = new OperatorName();

  @Override
  public Integer call() throws SQLException, InterruptedException {
    Replays replays = replay.replays();
    replay
        .noted(operator.name(), id)
        .act(
            "REPLAY_DROP",
            done -> ", dropped",
            () -> {
              replays.drop(id);
              return id;
            });
    ReplayReport report = new ReplayReport(List.of(replay.ledger().get(id)));
    System.out.println(replay.options().json() ? report.one() : report.table());
    return Riffle.OK;
  }
}
