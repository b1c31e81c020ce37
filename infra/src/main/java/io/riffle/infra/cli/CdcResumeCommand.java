package io.riffle.infra.cli;

import io.riffle.cdc.ledger.Wanted;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code riffle cdc resume}. */
@Command(name = "resume", description = "Read on where a source was paused.")
final class CdcResumeCommand implements Callable<Integer> {
  @ParentCommand private CdcCommand cdc;

  @Parameters(paramLabel = "NAME", description = "The source")
  private String name;

  @Override
  public Integer call() throws SQLException {
    cdc.want(name, Wanted.RUNNING);
    return Riffle.OK;
  }
}
