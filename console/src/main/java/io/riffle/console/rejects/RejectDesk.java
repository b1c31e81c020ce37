package io.riffle.console.rejects;

import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Visitor;
import io.riffle.console.activity.Journal;
import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.RejectLedger;
import io.riffle.operations.rejects.RejectStatus;
import io.riffle.operations.rejects.Taken;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What operators do about rejects, noted with who did it. */
public final class RejectDesk {
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int LONGEST_REASON = 1_000;

  private final RejectLedger ledger;
  private final Journal journal;

  public RejectDesk(RejectLedger ledger, Journal journal) {
    this.ledger = ledger;
    this.journal = journal;
  }

  RejectLedger ledger() {
    return ledger;
  }

  /**
   * Requests a redrive.
   *
   * @param dryRun only tells what would be taken
   */
  Taken redrive(RejectFilter filter, Visitor visitor, boolean dryRun)
      throws SQLException, InterruptedException {
    if (dryRun) {
      return ledger.redrive(filter, visitor.name(), true);
    }
    return journal.act(
        visitor,
        "REDRIVE",
        filter.text(),
        Optional.of("OPEN"),
        () -> ledger.redrive(filter, visitor.name(), false),
        taken -> taken.outcome(RejectStatus.REDRIVING));
  }

  /**
   * Gives rejects up.
   *
   * @param reason why: names and numbers of tickets, never a value
   * @param dryRun only tells what would be taken
   */
  Taken discard(RejectFilter filter, String reason, Visitor visitor, boolean dryRun)
      throws SQLException, InterruptedException {
    if (reason.length() > LONGEST_REASON) {
      throw new RefusedException(
          BAD_REQUEST, "a reason has at most " + LONGEST_REASON + " characters");
    } else if (dryRun) {
      return ledger.discard(filter, visitor.name(), reason, false, true);
    }
    return journal.act(
        visitor,
        "DISCARD",
        filter.text(),
        Optional.of("OPEN"),
        () -> ledger.discard(filter, visitor.name(), reason, false, false),
        taken -> taken.outcome(RejectStatus.DISCARDED));
  }

  /** The record as it came: health data, for eyes that were asked for. */
  byte[] raw(long reject, Visitor visitor) throws SQLException {
    journal.look(visitor, "SHOW_VALUES", "reject " + reject);
    return ledger
        .raw(reject)
        .orElseThrow(
            () -> new RefusedException(NOT_FOUND, "The record is not kept, or not any more."));
  }

  /**
   * Rejects to act on: named by number, or all open ones that a filter means.
   *
   * @throws RefusedException when nothing was selected
   */
  static RejectFilter selection(
      List<Long> ids,
      Optional<String> cause,
      Optional<String> type,
      Optional<String> file,
      Optional<Instant> since) {
    RejectFilter filter =
        ids.isEmpty()
            ? new RejectFilter(List.of(), file, cause, type, List.of(RejectStatus.OPEN), since)
            : RejectFilter.of(ids.toArray(Long[]::new));
    if (filter.takesAll()) {
      throw new RefusedException(
          BAD_REQUEST, "Select rejects, or a cause, a type, a file or a time.");
    }
    return filter;
  }
}
