package io.riffle.console.files;

import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Visitor;
import io.riffle.console.activity.Journal;
import io.riffle.operations.ledger.FileOrder;
import io.riffle.operations.ledger.FileOrders;
import io.riffle.operations.ledger.NotedOrder;
import io.riffle.operations.ledger.Ordered;
import io.riffle.operations.ledger.SkipReason;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What operators order of files, noted with who did. */
public final class FileDesk {
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final FileOrders orders;
  private final List<String> types;
  private final Journal journal;

  /**
   * @param types that there are layouts for
   */
  public FileDesk(FileOrders orders, List<String> types, Journal journal) {
    this.orders = orders;
    this.types = List.copyOf(types);
    this.journal = journal;
  }

  /**
   * Skips what may be skipped of a file, a manifest or a data set.
   *
   * @param dryRun only tells what would be
   * @throws RefusedException when the reason says nothing or too much, or there is no such file
   */
  Ordered skip(String key, String reason, Visitor visitor, boolean dryRun)
      throws SQLException, InterruptedException {
    SkipReason why =
        SkipReason.of(reason)
            .orElseThrow(
                () ->
                    new RefusedException(
                        BAD_REQUEST, "a reason has 1 to " + SkipReason.LONGEST + " characters"));
    return order(
        FileOrder.SKIP, visitor, key, Optional.of(why), dryRun, dry -> orders.skip(key, why, dry));
  }

  /**
   * Takes up again what may be.
   *
   * @param dryRun only tells what would be
   */
  Ordered retry(String key, Visitor visitor, boolean dryRun)
      throws SQLException, InterruptedException {
    return order(
        FileOrder.RETRY,
        visitor,
        key,
        Optional.empty(),
        dryRun,
        dry -> orders.retry(key, types, dry));
  }

  private Ordered order(
      FileOrder order,
      Visitor visitor,
      String key,
      Optional<SkipReason> reason,
      boolean dryRun,
      NotedOrder.Doing doing)
      throws SQLException, InterruptedException {
    Ordered ordered = new NotedOrder(order, journal.notes(visitor)).run(key, reason, dryRun, doing);
    if (ordered.files().isEmpty()) {
      throw new RefusedException(NOT_FOUND, "The ledger has no such file.");
    }
    return ordered;
  }
}
