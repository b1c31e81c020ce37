package io.riffle.infra.cli;

import io.riffle.cdc.ledger.Wanted;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private OperatorName operator = new OperatorName();

  @Override
  public Integer call() throws SQLException, InterruptedException {
    cdc.want(name, Wanted.PAUSED, "CDC_PAUSE", operator.name());
    return Riffle.OK;
  }
}
