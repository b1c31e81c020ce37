package io.riffle.infra.cli;

import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.RejectLedger;
import io.riffle.operations.rejects.RejectStatus;
import io.riffle.operations.rejects.Taken;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code riffle rejects discard}. */
@Command(
    name = "discard",
    description = {
      "Give rejects up for good. They stay listed, with who, when and why; their file stays",
      "COMPLETED_WITH_REJECTS. Exit code 1 when any was not taken."
    })
final class RejectsDiscardCommand implements Callable<Integer> {
  @ParentCommand private RejectsCommand rejects;
  @Spec private CommandSpec spec;
  @Mixin private RejectSelection selection = new RejectSelection();

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; it is kept, so no health data")
  private String reason;

  @Option(names = "--purge-raw", description = "Delete the records as they came, too")
  private boolean purge;

  @Override
  public Integer call() throws SQLException, InterruptedException {
    if (reason.isBlank()) {
      throw new ParameterException(spec.commandLine(), "--reason must say something");
    }
    RejectFilter filter = selection.filter();
    DataSource database = rejects.database();
    RejectLedger ledger = RejectsCommand.ledger(database);
    Taken taken =
        selection.dryRun()
            ? ledger.discard(filter, selection.by(), reason, purge, true)
            : CommandNotes.by(selection.by(), database)
                .act(
                    "DISCARD",
                    filter.text() + (purge ? ", with the records as they came" : ""),
                    Optional.of(RejectStatus.OPEN.name()),
                    () -> ledger.discard(filter, selection.by(), reason, purge, false),
                    done -> done.outcome(RejectStatus.DISCARDED));
    new TakenReport(taken, RejectStatus.DISCARDED.name(), selection.dryRun())
        .print(rejects.options());
    return taken.isAll() ? Riffle.OK : Riffle.NOT_OK;
  }
}
