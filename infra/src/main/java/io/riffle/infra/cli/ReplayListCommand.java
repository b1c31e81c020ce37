package io.riffle.infra.cli;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code riffle replay list}. */
@Command(
    name = "list",
    description = "Replays, newest first: states, progress, rate, what is left.")
final class ReplayListCommand implements Callable<Integer> {
  @ParentCommand private ReplayCommand replay;

  @Option(
      names = "--limit",
      defaultValue = "20",
      converter = RowLimitConverter.class,
      description = "Most replays (default: ${DEFAULT-VALUE})")
  private int limit;

  @Override
  public Integer call() throws SQLException {
    ReplayReport report = new ReplayReport(replay.ledger().list(limit));
    System.out.println(replay.options().json() ? report.json() : report.table());
    return Riffle.OK;
  }
}
