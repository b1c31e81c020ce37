package io.riffle.infra.cli;

import io.riffle.operations.replay.PlannedRange;
import io.riffle.operations.replay.ReplayJson;
import io.riffle.operations.replay.ReplayLedger;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code riffle replay show}. */
@Command(name = "show", description = "A replay, and how far it is on each partition.")
final class ReplayShowCommand implements Callable<Integer> {
  @ParentCommand private ReplayCommand replay;

  @Parameters(paramLabel = "ID", description = "Number of the replay")
  private long id;

  @Override
  public Integer call() throws SQLException {
    ReplayLedger ledger = replay.ledger();
    ReplayReport report = new ReplayReport(List.of(ledger.get(id)));
    List<PlannedRange> ranges = ledger.ranges(id);
    if (replay.options().json()) {
      System.out.println(ReplayJson.of(ledger.get(id), ranges));
    } else {
      System.out.println(report.table() + "\n\n" + ReplayReport.ranges(ranges));
    }
    return Riffle.OK;
  }
}
