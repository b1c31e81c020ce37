package io.riffle.infra.cli;

import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.Sources;
import io.riffle.operations.site.StackException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code riffle cdc remove}. */
@Command(
    name = "remove",
    description =
        "Capture a database no more: connector, topics, slot, publication and Riffle's tables in it"
            + " go. Staging tables stay unless asked for.")
final class CdcRemoveCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 200;

  @ParentCommand private CdcCommand cdc;

  @Parameters(paramLabel = "NAME", description = "The source")
  private String name;

  @Option(names = "--drop-staging", description = "Drop schema stg_NAME with its tables as well")
  private boolean dropStaging;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "How long to wait for that (default: ${DEFAULT-VALUE})")
  private Duration wait;

  @Mixin private OperatorName operator = new OperatorName();

  @Override
  public Integer call() throws SQLException, InterruptedException {
    return cdc.notes(operator.name())
        .act(
            "CDC_REMOVE",
            name + (dropStaging ? ", with its staging tables" : ""),
            Optional.empty(),
            this::remove,
            code -> code == Riffle.OK ? "REMOVED" : "not removed yet");
  }

  private int remove() throws SQLException, InterruptedException {
    try (Connection ledger = cdc.ledger()) {
      CapturedSource source = CdcCommand.source(ledger, name);
      if (source.declared()) {
        throw new StackException(
            name + " is declared in cdc.yaml: take it out there and restart cdc-source first");
      }
      new Sources(ledger).wantRemoved(name, dropStaging);
      long until = System.nanoTime() + wait.toNanos();
      while (new Sources(ledger).find(name).isPresent()) {
        if (System.nanoTime() - until > 0) {
          System.err.println(name + " is not removed yet: riffle cdc status " + name);
          return Riffle.NOT_OK;
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    }
    cdc.secrets().delete(name);
    return Riffle.OK;
  }
}
