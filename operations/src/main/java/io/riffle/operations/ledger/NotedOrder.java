package io.riffle.operations.ledger;

import io.riffle.operations.activity.ActionNotes;
import java.sql.SQLException;
import java.util.Optional;

/** An order to files that stands in {@code riffle.activity} before it is done, and after. */
public final class NotedOrder {
  private final FileOrder order;
  private final ActionNotes notes;

  public NotedOrder(FileOrder order, ActionNotes notes) {
    this.order = order;
    this.notes = notes;
  }

  /** Does it, or tells what it would do. */
  @FunctionalInterface
  public interface Doing {
    Ordered run(boolean dryRun) throws SQLException;
  }

  /**
   * Does it; what is only tried, or means no file, leaves no note.
   *
   * @param key of what is meant
   * @param reason that goes with the outcome
   */
  public Ordered run(String key, Optional<SkipReason> reason, boolean dryRun, Doing doing)
      throws SQLException, InterruptedException {
    Ordered tried = doing.run(true);
    if (dryRun || tried.files().isEmpty()) {
      return tried;
    }
    String told = reason.map(why -> ": " + why.text()).orElse("");
    return notes.act(
        order.name(),
        key,
        Optional.of(tried.before()),
        () -> doing.run(false),
        done -> done.after(order) + told);
  }
}
