package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.RejectLedger;
import io.riffle.operations.rejects.RejectStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code riffle rejects purge}. */
@Command(
    name = "purge",
    description = {
      "Delete the records as they came of rejects that are settled: REDRIVEN, SUPERSEDED or",
      "DISCARDED. The rejects themselves stay listed."
    })
final class RejectsPurgeCommand implements Callable<Integer> {
  @ParentCommand private RejectsCommand rejects;
  @Mixin private RejectOptions which = new RejectOptions();

  @Option(
      names = "--settled-before",
      required = true,
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = "Settled before: 30d (ago), 24h, 90m, or an instant")
  private Instant before;

  @Option(names = "--dry-run", description = "Only say how many there are")
  private boolean dryRun;

  @Override
  public Integer call() throws SQLException, InterruptedException {
    RejectFilter filter = which.filter(List.of(), RejectStatus.SETTLED);
    DataSource database = rejects.database();
    RejectLedger ledger = RejectsCommand.ledger(database);
    long purged =
        dryRun
            ? ledger.purge(filter, before, true)
            : CommandNotes.byUser(database)
                .act(
                    "PURGE",
                    filter.text() + ", settled before " + before,
                    Optional.empty(),
                    () -> ledger.purge(filter, before, false),
                    RejectsPurgeCommand::outcome);
    System.out.println(rejects.options().json() ? json(purged) : text(purged));
    return Riffle.OK;
  }

  private static String outcome(long purged) {
    return purged + " records purged";
  }

  private String text(long purged) {
    return dryRun ? purged + " records would be purged" : outcome(purged);
  }

  private String json(long purged) {
    return new ObjectMapper()
        .createObjectNode()
        .put("dryRun", dryRun)
        .put("purged", purged)
        .toString();
  }
}
