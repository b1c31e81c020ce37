package io.riffle.infra.cli;

import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.ledger.Wanted;
import io.riffle.infra.site.StackException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code riffle cdc pause}. */
@Command(
    name = "pause",
    description = "Read nothing more of a source; its server keeps the log meanwhile.")
final class CdcPauseCommand implements Callable<Integer> {
  @ParentCommand private CdcCommand cdc;

  @Parameters(paramLabel = "NAME", description = "The source")
  private String name;

  @Override
  public Integer call() throws SQLException {
    try (Connection ledger = cdc.ledger()) {
      CapturedSource source = CdcCommand.source(ledger, name);
      if (source.wanted() == Wanted.REMOVED) {
        throw new StackException(name + " is being removed");
      }
      new Sources(ledger).want(name, Wanted.PAUSED);
    }
    return Riffle.OK;
  }
}
