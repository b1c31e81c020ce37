package io.riffle.infra.cli;

import io.riffle.infra.replay.ReplayRunner;
import io.riffle.infra.replay.ReplaySite;
import io.riffle.infra.replay.ReplayStatus;
import io.riffle.infra.site.Endpoints;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

  @Override
  public Integer call() throws SQLException, InterruptedException {
    Endpoints endpoints = replay.endpoints();
    ReplayRunner runner = new ReplayRunner(endpoints, ReplaySite.of(endpoints));
    Optional<String> failure;
    try (ReplayWatch watch = ReplayWatch.of(replay.options())) {
      failure = runner.run(id, watch);
    }
    ReplayStatus status = replay.ledger().get(id);
    ReplayReport report = new ReplayReport(List.of(status));
    System.out.println(replay.options().json() ? report.one() : report.table());
    failure.ifPresent(why -> System.err.println("riffle: replay " + id + ": " + why));
    return failure.isEmpty() && status.rejected() == 0 ? Riffle.OK : Riffle.NOT_OK;
  }
}
