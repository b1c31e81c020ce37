package io.riffle.infra.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code riffle cdc list}. */
@Command(
    name = "list",
    description =
        "Captured databases and how they are; exit code 1 unless all that are wanted stream.")
final class CdcListCommand implements Callable<Integer> {
  @ParentCommand private CdcCommand cdc;

  @Override
  public Integer call() throws SQLException {
    try (Connection ledger = cdc.ledger()) {
      CdcReport report = CdcReport.read(ledger, Optional.empty());
      System.out.println(cdc.options().json() ? report.json() : report.sources());
      return report.isWell() ? Riffle.OK : Riffle.NOT_OK;
    }
  }
}
