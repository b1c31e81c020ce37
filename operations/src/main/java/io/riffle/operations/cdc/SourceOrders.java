package io.riffle.operations.cdc;

import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.Snapshots;
import io.riffle.cdc.ledger.SourceState;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.ledger.Wanted;
import io.riffle.cdc.source.CapturedTable;
import io.riffle.operations.site.StackException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What operators ask of captured databases; {@code cdc-source} does it a moment later. */
public final class SourceOrders {
  private final Connection ledger;

  public SourceOrders(Connection ledger) {
    this.ledger = ledger;
  }

  /**
   * A source that is there.
   *
   * @throws StackException when there is none of that name
   */
  public CapturedSource source(String name) throws SQLException {
    return new Sources(ledger)
        .find(name)
        .orElseThrow(
            () -> new StackException("there is no source '" + name + "': riffle cdc list"));
  }

  /**
   * Notes what is wanted of a source.
   *
   * @throws StackException when there is none of that name, or it is being removed
   */
  public void want(String name, Wanted wanted) throws SQLException {
    if (source(name).wanted() == Wanted.REMOVED) {
      throw new StackException(name + " is being removed");
    }
    new Sources(ledger).want(name, wanted);
  }

  /** Asks for a new slot, and all tables again. */
  public void newEpoch(String name) throws SQLException {
    source(name);
    new Sources(ledger).wantNewEpoch(name);
  }

  /**
   * Asks for all rows of tables again, beside the stream.
   *
   * @param tables {@code schema.table}; none: all of the source
   * @throws StackException when that cannot be done, or one of them is not captured
   */
  public void snapshot(String name, List<String> tables, String by) throws SQLException {
    CapturedSource source = source(name);
    if (source.state() == SourceState.GAP || source.made().isEmpty()) {
      throw new StackException(
          name + " is " + source.state() + ": riffle cdc snapshot " + name + " --new-epoch");
    }
    for (CapturedTable table : chosen(name, tables)) {
      new Snapshots(ledger).request(name, table, source.epoch(), by);
    }
  }

  private List<CapturedTable> chosen(String name, List<String> tables) throws SQLException {
    List<CapturedTable> all = new Sources(ledger).tables(name);
    Set<String> unknown = new TreeSet<>(tables);
    unknown.removeAll(
        all.stream().map(table -> table.name().toString()).collect(Collectors.toSet()));
    if (!unknown.isEmpty()) {
      throw new StackException(name + " does not capture " + String.join(", ", unknown));
    }
    return all.stream()
        .filter(table -> tables.isEmpty() || tables.contains(table.name().toString()))
        .toList();
  }
}
