package io.riffle.infra.cli;

import io.riffle.infra.replay.ReplayRunner;
import io.riffle.infra.replay.ReplaySite;
import io.riffle.infra.site.Endpoints;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code riffle replay drop}. */
@Command(
    name = "drop",
    description = {
      "Delete what is kept for a replay that is over (DONE, FAILED or CANCELLED): its keys, and of a",
      "rebuild the tables that it replaced, or has made so far. The replay stays listed, and cannot be",
      "run again."
    })
final class ReplayDropCommand implements Callable<Integer> {
  @ParentCommand private ReplayCommand replay;

  @Parameters(paramLabel = "ID", description = "Number of the replay")
  private long id;

  @Override
  public Integer call() throws SQLException, InterruptedException {
    Endpoints endpoints = replay.endpoints();
    new ReplayRunner(endpoints, ReplaySite.of(endpoints)).drop(id);
    ReplayReport report = new ReplayReport(List.of(replay.ledger().get(id)));
    System.out.println(replay.options().json() ? report.one() : report.table());
    return Riffle.OK;
  }
}
