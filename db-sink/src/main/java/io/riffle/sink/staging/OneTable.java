package io.riffle.sink.staging;

import io.riffle.sink.meter.RowCounts;
import io.riffle.sink.meter.RowCounts.Op;
import io.riffle.sink.meter.RowCounts.Result;
import io.riffle.sink.staging.StagedEvent.Move;
import io.riffle.sink.staging.StagedEvent.OfRow;
import io.riffle.sink.staging.StagedEvent.Put;
import io.riffle.sink.staging.StagedEvent.Removal;
import io.riffle.sink.staging.StagedEvent.Seen;
import io.riffle.sink.staging.StagedEvent.Sweep;
import io.riffle.sink.staging.StagedEvent.Truncation;
import io.riffle.sink.staging.StagingBatch.Placed;
import io.riffle.sink.staging.TableWriter.PlacedRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The events of one table; those of rows are written together, up to one that concerns all. */
final class OneTable {
  private final Connection connection;
  private final Map<CapturedTable, SettledTable> settled;
  private final Alterations alterations;
  private final StagingBatch batch;
  private final RowCounts.OfTable counts;
  private final StagingTables tables;
  private final StagingState state;
  private final List<PlacedRow> run = new ArrayList<>();

  /** When the source committed the last event. */
  private long commitAt;

  /**
   * @param settled tables as the session knows them
   * @param counts what became of the events
   */
  OneTable(
      Connection connection,
      Map<CapturedTable, SettledTable> settled,
      Alterations alterations,
      StagingBatch batch,
      RowCounts.OfTable counts)
      throws SQLException {
    this.connection = connection;
    this.settled = settled;
    this.alterations = alterations;
    this.batch = batch;
    this.counts = counts;
    this.tables = new StagingTables(connection);
    this.state =
        tables.read(batch.table(), batch.partition().topic()).orElseThrow(this::takenByAnother);
    this.commitAt = state.lastCommitAt();
  }

  private HaltedTableException takenByAnother() {
    return batch.halted(
        "staging table "
            + batch.table()
            + " belongs to a table of another schema of the source. Remedy: capture one of them");
  }

  void write() throws SQLException {
    for (Placed placed : batch.events()) {
      take(placed.event(), placed.offset());
    }
    flush();
    for (int i = 0; i < batch.rejected(); i++) {
      state.countRejected();
    }
    tables.write(batch.table(), state);
  }

  private void take(StagedEvent event, long offset) throws SQLException {
    if (event instanceof OfRow ofRow) {
      run.add(new PlacedRow(ofRow, offset, commitAt));
    } else if (event instanceof Move move) {
      takeMove(move, offset);
    } else if (event instanceof Truncation truncation) {
      flush();
      state.raiseFloor(truncation.version());
      remove(truncation.version(), truncation.version(), truncation.at());
    } else if (event instanceof Sweep sweep) {
      flush();
      state.swept(sweep.at());
      remove(sweep.version(), sweep.version().at(offset), sweep.at());
    }
    commitAt = event.committedAt().orElse(commitAt);
    if (!(event instanceof OfRow || event instanceof Move)) {
      state.passed(event, offset);
    }
  }

  /** What the source did not send of a row with a new key stands in the row with the old one. */
  private void takeMove(Move move, long offset) throws SQLException {
    Put put = move.to();
    if (put.values().contains(Absent.ABSENT)) {
      flush();
      put = completed(move);
    }
    run.add(new PlacedRow(move.from(), move.from().version().offset(), commitAt));
    run.add(new PlacedRow(put, offset, commitAt));
  }

  private Put completed(Move move) throws SQLException {
    Optional<TableWriter> writer = writer();
    Put put = move.to();
    if (writer.isEmpty()) {
      return put;
    }
    List<SourceColumn> columns = put.shape().columns();
    List<String> absent = new ArrayList<>();
    for (int at = 0; at < columns.size(); at++) {
      if (put.values().get(at) == Absent.ABSENT) {
        absent.add(columns.get(at).name());
      }
    }
    absent.retainAll(settled.get(batch.table()).structure().names());
    Optional<List<Object>> found = writer.get().read(move.from(), absent);
    if (found.isEmpty()) {
      return put;
    }
    List<Object> values = new ArrayList<>(put.values());
    for (int at = 0; at < columns.size(); at++) {
      int among = absent.indexOf(columns.get(at).name());
      if (values.get(at) == Absent.ABSENT && among >= 0) {
        values.set(at, found.get().get(among));
      }
    }
    return put.with(values);
  }

  private Optional<TableWriter> writer() throws SQLException {
    Optional<SettledTable> table = settle();
    return table.map(this::writer);
  }

  private TableWriter writer(SettledTable known) {
    return new TableWriter(connection, known.sql(), known.structure(), state, counts);
  }

  private void flush() throws SQLException {
    if (run.isEmpty()) {
      return;
    }
    for (PlacedRow placed : run) {
      settle(placed);
      state.passed(placed.event(), placed.offset());
    }
    Optional<SettledTable> table = settle();
    if (table.isPresent()) {
      SettledTable known = table.get();
      known.makeStage(connection);
      run.removeIf(placed -> placed.event() instanceof Seen seen && !known.hasKey(seen.key()));
      writer(known).write(run);
    }
    run.clear();
  }

  /** The table as it is; empty when it is not there. */
  private Optional<SettledTable> settle() throws SQLException {
    SettledTable known = settled.get(batch.table());
    if (known == null) {
      Optional<TableStructure> there = Catalog.read(connection, batch.table());
      if (there.isEmpty()) {
        return Optional.empty();
      }
      known = new SettledTable(batch.table(), stageName(), there.get());
      settled.put(batch.table(), known);
    }
    return Optional.of(known);
  }

  private void settle(PlacedRow placed) throws SQLException {
    Optional<SettledTable> known = settle();
    RowShape key = placed.event().key().shape();
    RowShape row = shape(placed.event());
    if (row == null || known.map(table -> table.follows(row, key)).orElse(false)) {
      return; // a record without a value says nothing of columns
    }
    ChangeLog log =
        new ChangeLog(connection, batch.table(), batch.partition().topic(), placed.offset());
    StructureKeeper keeper =
        new StructureKeeper(
            connection,
            alterations,
            batch.table(),
            log,
            state.isNews(placed.event(), placed.offset()));
    try {
      TableStructure structure = keeper.follow(known.map(SettledTable::structure), row, key);
      SettledTable table =
          known.orElseGet(() -> new SettledTable(batch.table(), stageName(), structure));
      table.follow(structure, row, key);
      settled.put(batch.table(), table);
    } catch (StructureKeeper.ImpossibleException e) {
      throw new HaltedTableException(batch.partition(), placed.offset(), e.getMessage());
    }
  }

  private RowShape shape(OfRow event) {
    if (event instanceof Put put) {
      return put.shape();
    }
    return event instanceof Removal removal ? removal.shape() : null;
  }

  private String stageName() {
    return "riffle_stage_" + settled.size();
  }

  private void remove(EventVersion older, EventVersion now, long at) throws SQLException {
    Optional<SettledTable> table = settle();
    if (table.isPresent()) {
      long gone = new MassRemoval(connection, table.get().sql()).run(older, now, at);
      state.countGone(gone);
      counts.add(Op.DELETE, Result.APPLIED, gone);
    }
  }
}
