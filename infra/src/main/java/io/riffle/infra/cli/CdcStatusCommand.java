package io.riffle.infra.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code riffle cdc status}. */
@Command(
    name = "status",
    description =
        "Slots, snapshots and staging tables of captured databases; exit code 1 unless all that are"
            + " wanted stream.")
final class CdcStatusCommand implements Callable<Integer> {
  @ParentCommand private CdcCommand cdc;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only this one")
  private String name;

  @Override
  public Integer call() throws SQLException {
    try (Connection ledger = cdc.ledger()) {
      if (name != null) {
        CdcCommand.source(ledger, name);
      }
      CdcReport report = CdcReport.read(ledger, Optional.ofNullable(name));
      System.out.println(cdc.options().json() ? report.json() : report.text());
      return report.isWell() ? Riffle.OK : Riffle.NOT_OK;
    }
  }
}
