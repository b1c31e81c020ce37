package io.riffle.infra.cli;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code riffle replay cancel}. */
@Command(
    name = "cancel",
    description = {
      "End a replay, also one that runs in another process: it stops after the transaction that is",
      "under way. What it has written stays, and is right."
    })
final class ReplayCancelCommand implements Callable<Integer> {
  @ParentCommand private ReplayCommand replay;

  @Parameters(paramLabel = "ID", description = "Number of the replay")
  private long id;

  @Mixin private OperatorName operator = new OperatorName();

  @Override
  public Integer call() throws SQLException, InterruptedException {
    String by = operator.name();
    Replays replays = replay.replays();
    replay
        .noted(by, id)
        .act(
            "REPLAY_CANCEL",
            done -> "",
            () -> {
              replays.cancel(id, "cancelled by " + by);
              return id;
            });
    ReplayReport report = new ReplayReport(List.of(replay.ledger().get(id)));
    System.out.println(replay.options().json() ? report.one() : report.table());
    return Riffle.OK;
  }
}
