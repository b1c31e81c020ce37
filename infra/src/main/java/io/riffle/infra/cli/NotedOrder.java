package io.riffle.infra.cli;

import io.riffle.operations.activity.ActionNotes;
import io.riffle.operations.ledger.FileOrder;
import io.riffle.operations.ledger.Ordered;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** An order to files that stands in {@code riffle.activity} before it is done, and after. */
final class NotedOrder {
  private final FileOrder order;
  private final ActionNotes notes;

  NotedOrder(FileOrder order, String by, DataSource database) {
    this.order = order;
    this.notes = CommandNotes.by(by, database);
  }

  /** Does it, or tells what it would do. */
  interface Doing {
    Ordered run(boolean dryRun) throws SQLException;
  }

  /**
   * Does it and prints what came of it.
   *
   * @param note that goes with the outcome
   * @return the exit code
   */
  int run(String key, Optional<String> note, boolean dryRun, StackOptions options, Doing doing)
      throws SQLException, InterruptedException {
    Ordered ordered = doing.run(true);
    if (!dryRun && !ordered.files().isEmpty()) {
      String told = note.map(text -> ": " + text).orElse("");
      ordered =
          notes.act(
              order.name(),
              key,
              Optional.of(ordered.before()),
              () -> doing.run(false),
              done -> done.after(order) + told);
    }
    new OrderedReport(ordered, order, key, dryRun).print(options);
    return ordered.isAll() ? Riffle.OK : Riffle.NOT_OK;
  }
}
