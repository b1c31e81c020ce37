package io.riffle.infra.cli;

import io.riffle.operations.rejects.RedriveState;
import io.riffle.operations.rejects.RedriveWait;
import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.RejectLedger;
import io.riffle.operations.rejects.RejectStatus;
import io.riffle.operations.rejects.Taken;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code riffle rejects redrive}. */
@Command(
    name = "redrive",
    description = {
      "Deliver rejected records again, from their files in S3: an attempt of its own for each file.",
      "Exit code 1 when any was not taken or, with --wait, did not go through."
    })
final class RejectsRedriveCommand implements Callable<Integer> {
  @ParentCommand private RejectsCommand rejects;
  @Mixin private RejectSelection selection = new RejectSelection();

  @Option(names = "--wait", description = "Wait for the end, and say what came of it")
  private boolean wait;

  @Option(
      names = "--patience",
      defaultValue = "300",
      paramLabel = "SECONDS",
      converter = SecondsConverter.class,
      description = "Stop waiting after this time (default: ${DEFAULT-VALUE})")
  private Duration patience;

  @Override
  public Integer call() throws SQLException, InterruptedException {
    RejectFilter filter = selection.filter();
    DataSource database = rejects.database();
    RejectLedger ledger = RejectsCommand.ledger(database);
    Taken taken =
        selection.dryRun()
            ? ledger.redrive(filter, selection.by(), true)
            : CommandNotes.by(selection.by(), database)
                .act(
                    "REDRIVE",
                    filter.text(),
                    Optional.of(RejectStatus.OPEN.name()),
                    () -> ledger.redrive(filter, selection.by(), false),
                    done -> done.outcome(RejectStatus.REDRIVING));
    TakenReport report = new TakenReport(taken, RejectStatus.REDRIVING.name(), selection.dryRun());
    boolean wentThrough = true;
    if (wait && !selection.dryRun()) {
      wentThrough = await(ledger, requests(taken), report);
    } else {
      report.print(rejects.options());
    }
    return taken.isAll() && wentThrough ? Riffle.OK : Riffle.NOT_OK;
  }

  private static List<Long> requests(Taken taken) {
    return taken.done().stream().flatMap(each -> each.redrive().stream()).distinct().toList();
  }

  /** Text tells at once what was taken; JSON is one object in the end. */
  private boolean await(RejectLedger ledger, List<Long> requests, TakenReport report)
      throws SQLException, InterruptedException {
    boolean json = rejects.options().json();
    if (!json) {
      report.print(rejects.options());
    }
    Runnable standstill = Standstill.of(rejects.options());
    List<RedriveState> states = new RedriveWait(ledger).await(requests, patience, standstill);
    RedriveReport redrives = new RedriveReport(states);
    System.out.println(json ? report.json().set("redrives", redrives.json()) : redrives.table());
    return states.stream().allMatch(RedriveState::isClean);
  }
}
