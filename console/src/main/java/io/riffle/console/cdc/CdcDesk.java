package io.riffle.console.cdc;

import io.riffle.cdc.ledger.Wanted;
import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Visitor;
import io.riffle.console.activity.Journal;
import io.riffle.operations.cdc.CdcStatus;
import io.riffle.operations.cdc.SourceOrders;
import io.riffle.operations.site.StackException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** What operators see and ask of captured databases, noted with who did it. */
public final class CdcDesk {
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final DataSource database;
  private final Journal journal;

  public CdcDesk(DataSource database, Journal journal) {
    this.database = database;
    this.journal = journal;
  }

  /**
   * Of one, for programs.
   *
   * @throws RefusedException when there is none of that name
   */
  CdcStatus one(String name) throws SQLException {
    CdcStatus status = status(Optional.of(name));
    if (status.sources().isEmpty()) {
      throw new RefusedException(NOT_FOUND, "there is no such source");
    }
    return status;
  }

  /** Of all, or of one. */
  public CdcStatus status(Optional<String> name) throws SQLException {
    try (Connection ledger = database.getConnection()) {
      return CdcStatus.read(ledger, name);
    }
  }

  private interface Order {
    void give(SourceOrders orders) throws SQLException;
  }

  void pause(String name, Visitor visitor) throws SQLException, InterruptedException {
    act("CDC_PAUSE", name, name, visitor, "PAUSED", orders -> orders.want(name, Wanted.PAUSED));
  }

  void resume(String name, Visitor visitor) throws SQLException, InterruptedException {
    act("CDC_RESUME", name, name, visitor, "RUNNING", orders -> orders.want(name, Wanted.RUNNING));
  }

  /**
   * Asks for all rows again.
   *
   * @param table {@code schema.table}; none: all of the source
   */
  void snapshot(String name, Optional<String> table, Visitor visitor)
      throws SQLException, InterruptedException {
    List<String> tables = table.stream().toList();
    act(
        "CDC_SNAPSHOT",
        name,
        name + table.map(one -> " " + one).orElse(""),
        visitor,
        "REQUESTED",
        orders -> orders.snapshot(name, tables, visitor.name()));
  }

  /**
   * @throws RefusedException when there is no such source, or it is not the time for it
   */
  private void act(
      String action, String name, String target, Visitor visitor, String after, Order order)
      throws SQLException, InterruptedException {
    try {
      journal.act(
          visitor, action, target, Optional.empty(), () -> given(order, after), done -> done);
    } catch (StackException e) {
      boolean there = !status(Optional.of(name)).sources().isEmpty();
      throw new RefusedException(there ? CONFLICT : NOT_FOUND, e.getMessage());
    }
  }

  private String given(Order order, String after) throws SQLException {
    try (Connection ledger = database.getConnection()) {
      order.give(new SourceOrders(ledger));
      return after;
    }
  }
}
