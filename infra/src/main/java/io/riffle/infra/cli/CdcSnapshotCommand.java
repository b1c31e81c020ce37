package io.riffle.infra.cli;

import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.Snapshots;
import io.riffle.cdc.ledger.SourceState;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.source.CapturedTable;
import io.riffle.operations.site.StackException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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

  @Mixin private ReplayOperator operator = new ReplayOperator();

  @Override
  public Integer call() throws SQLException {
    if (newEpoch && !tables.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "a new epoch is one of all tables");
    }
    try (Connection ledger = cdc.ledger()) {
      CapturedSource source = CdcCommand.source(ledger, name);
      if (newEpoch) {
        new Sources(ledger).wantNewEpoch(name);
      } else {
        request(source, ledger);
      }
    }
    return Riffle.OK;
  }

  private void request(CapturedSource source, Connection ledger) throws SQLException {
    if (source.state() == SourceState.GAP || source.made().isEmpty()) {
      throw new StackException(
          name + " is " + source.state() + ": riffle cdc snapshot " + name + " --new-epoch");
    }
    for (CapturedTable table : chosen(new Sources(ledger).tables(name))) {
      new Snapshots(ledger).request(name, table, source.epoch(), operator.name());
    }
  }

  private List<CapturedTable> chosen(List<CapturedTable> all) {
    Set<String> unknown = new TreeSet<>(tables);
    unknown.removeAll(
        all.stream().map(table -> table.name().toString()).collect(Collectors.toSet()));
    if (!unknown.isEmpty()) {
      throw new StackException(name + " does not capture " + String.join(", ", unknown));
    }
    return all.stream()
        .filter(table -> tables.isEmpty() || tables.contains(table.name().toString()))
        .toList();
  }
}
