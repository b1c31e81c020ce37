package io.riffle.infra.cli;

import io.riffle.operations.activity.Activities;
import io.riffle.operations.activity.Activity;
import io.riffle.operations.ledger.FileOrder;
import io.riffle.operations.ledger.Ordered;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** An order to files that stands in {@code riffle.activity} before it is done, and after. */
final class NotedOrder {
  private static final String VIA = "COMMAND";
  private static final String NOBODY_SIGNED_IN = "";

  private final FileOrder order;
  private final String by;
  private final Activities activities;

  NotedOrder(FileOrder order, String by, DataSource database) {
    this.order = order;
    this.by = by;
    this.activities = new Activities(database);
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
      throws SQLException {
    Ordered ordered = doing.run(true);
    if (!dryRun && !ordered.files().isEmpty()) {
      Optional<String> before = Optional.of(ordered.before());
      add(order + "_ASKED", key, before, Optional.empty());
      ordered = doing.run(false);
      String after = ordered.after(order) + note.map(text -> ": " + text).orElse("");
      add(order.name(), key, before, Optional.of(after));
    }
    new OrderedReport(ordered, order, key, dryRun).print(options);
    return ordered.isAll() ? Riffle.OK : Riffle.NOT_OK;
  }

  private void add(String action, String key, Optional<String> before, Optional<String> after)
      throws SQLException {
    activities.add(new Activity(by, NOBODY_SIGNED_IN, VIA, action, key, before, after));
  }
}
