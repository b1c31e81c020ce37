package io.riffle.infra.cli;

import io.riffle.cdc.ledger.Wanted;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code riffle cdc resume}. */
@Command(name = "resume", description = "Read on where a source was paused.")
final class CdcResumeCommand implements Callable<Integer> {
  @ParentCommand private CdcCommand cdc;

  @Parameters(paramLabel = "NAME", description = "The source")
  private String name;

  @Mixin private OperatorName operator = new OperatorName();

  @Override
  public Integer call() throws SQLException, InterruptedException {
    cdc.want(name, Wanted.RUNNING, "CDC_RESUME", operator.name());
    return Riffle.OK;
  }
}
