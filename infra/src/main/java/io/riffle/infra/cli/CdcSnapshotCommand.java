package io.riffle.infra.cli;

import io.riffle.operations.cdc.SourceOrders;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code riffle cdc snapshot}. */
@Command(
    name = "snapshot",
    description =
        "Read all rows of tables again, beside the stream; rows that are not there any more are"
            + " marked as deleted then.")
final class CdcSnapshotCommand implements Callable<Integer> {
  @ParentCommand private CdcCommand cdc;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "NAME", description = "The source")
  private String name;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TABLE",
      description = "schema.table; none: all of the source")
  private List<String> tables = List.of();

  @Option(
      names = "--new-epoch",
      description =
          "With a new slot, and all tables: what is done about a gap, and after other tables are"
              + " wanted")
  private boolean newEpoch;

  @Mixin private OperatorName operator = new OperatorName();

  @Override
  public Integer call() throws SQLException, InterruptedException {
    if (newEpoch && !tables.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "a new epoch is one of all tables");
    }
    String by = operator.name();
    cdc.notes(by)
        .act("CDC_SNAPSHOT", target(), Optional.empty(), () -> request(by), done -> "REQUESTED");
    return Riffle.OK;
  }

  private String target() {
    String more = newEpoch ? "with a new epoch" : String.join(" ", tables);
    return (name + " " + more).strip();
  }

  private int request(String by) throws SQLException {
    try (Connection ledger = cdc.ledger()) {
      SourceOrders orders = new SourceOrders(ledger);
      if (newEpoch) {
        orders.newEpoch(name);
      } else {
        orders.snapshot(name, tables, by);
      }
    }
    return Riffle.OK;
  }
}
