package io.riffle.console.cdc;

import io.riffle.cdc.ledger.Wanted;
import io.riffle.console.access.Visitor;
import io.riffle.console.activity.Journal;
import io.riffle.operations.cdc.CdcStatus;
import io.riffle.operations.cdc.SourceOrders;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** What operators see and ask of captured databases, noted with who did it. */
public final class CdcDesk {
  private final DataSource database;
  private final Journal journal;

  public CdcDesk(DataSource database, Journal journal) {
    this.database = database;
    this.journal = journal;
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
    act("CDC_PAUSE", name, visitor, "PAUSED", orders -> orders.want(name, Wanted.PAUSED));
  }

  void resume(String name, Visitor visitor) throws SQLException, InterruptedException {
    act("CDC_RESUME", name, visitor, "RUNNING", orders -> orders.want(name, Wanted.RUNNING));
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
        name + table.map(one -> " " + one).orElse(""),
        visitor,
        "REQUESTED",
        orders -> orders.snapshot(name, tables, visitor.name()));
  }

  private void act(String action, String target, Visitor visitor, String after, Order order)
      throws SQLException, InterruptedException {
    journal.act(
        visitor,
        action,
        target,
        Optional.empty(),
        () -> {
          try (Connection ledger = database.getConnection()) {
            order.give(new SourceOrders(ledger));
            return after;
          }
        },
        done -> done);
  }
}
