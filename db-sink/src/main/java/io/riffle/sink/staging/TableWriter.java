package io.riffle.sink.staging;

import io.riffle.sink.meter.RowCounts;
import io.riffle.sink.meter.RowCounts.Op;
import io.riffle.sink.meter.RowCounts.Result;
import io.riffle.sink.staging.StagedEvent.OfRow;
import io.riffle.sink.staging.StagedEvent.Put;
import io.riffle.sink.staging.StagedEvent.Removal;
import io.riffle.sink.staging.StagedEvent.Seen;
import io.riffle.sink.staging.StagedEvent.Tombstone;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGStatement;

/**
 * Writes events of rows of one table whose structure is settled: asks which rows there are, folds,
 * and writes the outcome of all at once. One transaction and thread.
 */
final class TableWriter {
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final Comparator<PlacedRow> BY_VERSION =
      Comparator.comparing(placed -> placed.event().place().orElseThrow());

  private final Connection connection;
  private final StagingSql sql;
  private final TableStructure structure;
  private final StagingState state;
  private final RowCounts.OfTable counts;
  private final Map<RowShape, int[]> places = new HashMap<>();

  /**
   * An event and its offset.
   *
   * @param before when the source committed the event before it
   */
  record PlacedRow(OfRow event, long offset, long before) {}

  TableWriter(
      Connection connection,
      StagingSql sql,
      TableStructure structure,
      StagingState state,
      RowCounts.OfTable counts) {
    this.connection = connection;
    this.sql = sql;
    this.structure = structure;
    this.state = state;
    this.counts = counts;
  }

  /** Writes events, given in the order of their offsets. */
  void write(List<PlacedRow> events) throws SQLException {
    Map<Long, List<PlacedRow>> byRow = new LinkedHashMap<>();
    Map<Long, Folding> rows = new HashMap<>();
    find(events, byRow, rows);
    for (Map.Entry<Long, List<PlacedRow>> row : byRow.entrySet()) {
      fold(row.getValue(), rows.get(row.getKey()));
    }
    store(rows.values().stream().filter(Folding::isTouched).toList());
  }

  /** Equal keys, in the sense of their types, are one row. */
  private void find(
      List<PlacedRow> events, Map<Long, List<PlacedRow>> byRow, Map<Long, Folding> rows)
      throws SQLException {
    List<String> names = structure.key();
    try (PreparedStatement statement = planned(sql.find())) {
      for (int column = 0; column < names.size(); column++) {
        statement.setArray(column + 1, connection.createArrayOf("text", keys(events, column)));
      }
      long[] rowOf = new long[events.size()];
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          int number = (int) found.getLong(1) - 1;
          rowOf[number] = found.getLong(2);
          if (!rows.containsKey(rowOf[number])) {
            rows.put(rowOf[number], row(events.get(number).event(), found));
          }
        }
      }
      for (int number = 0; number < rowOf.length; number++) {
        byRow.computeIfAbsent(rowOf[number], added -> new ArrayList<>()).add(events.get(number));
      }
    }
  }

  private Object[] keys(List<PlacedRow> events, int column) {
    return events.stream().map(placed -> keyText(placed.event(), column)).toArray();
  }

  private String keyText(OfRow event, int column) {
    List<SourceColumn> ofKey = event.key().shape().columns();
    for (int at = 0; at < ofKey.size(); at++) {
      if (ofKey.get(at).name().equals(structure.key().get(column))) {
        return event.key().texts().get(at);
      }
    }
    throw new IllegalStateException("the key lacks a column of the table's");
  }

  private Folding row(OfRow first, ResultSet found) throws SQLException {
    List<String> names = structure.names();
    Folding row = new Folding(names.size());
    for (int column = 0; column < structure.key().size(); column++) {
      row.key(names.indexOf(structure.key().get(column)), keyText(first, column));
    }
    int epoch = found.getInt(3);
    if (!found.wasNull()) {
      EventVersion version =
          new EventVersion(epoch, found.getLong(4), found.getLong(5), found.getLong(6));
      row.stored(version, found.getBoolean(7), places(found.getArray(8)));
    }
    return row;
  }

  private BitSet places(Array ofNames) throws SQLException {
    BitSet places = new BitSet();
    if (ofNames != null) {
      List<String> names = structure.names();
      for (String name : (String[]) ofNames.getArray()) {
        if (names.contains(name)) {
          places.set(names.indexOf(name));
        }
      }
    }
    return places;
  }

  /** A tombstone does not say its place in the source: it divides what is before and behind it. */
  private void fold(List<PlacedRow> events, Folding row) {
    List<PlacedRow> run = new ArrayList<>();
    for (PlacedRow placed : events) {
      if (placed.event() instanceof Tombstone tombstone) {
        foldRun(run, row);
        run.clear();
        boolean buries = row.bury(tombstone.epoch(), placed.offset(), placed.before());
        state.count(buries);
        counts.count(Op.DELETE, buries ? Result.APPLIED : Result.OLDER);
      } else {
        run.add(placed);
      }
    }
    foldRun(run, row);
  }

  private void foldRun(List<PlacedRow> run, Folding row) {
    run.sort(BY_VERSION);
    for (PlacedRow placed : run) {
      EventVersion version = placed.event().place().orElseThrow();
      boolean effective = state.isAboveFloor(version) && row.isNewer(version);
      if (placed.event() instanceof Seen) {
        if (effective) {
          row.seen(version);
        }
        continue; // counted as rejected
      }
      state.count(effective);
      counts.count(
          placed.event() instanceof Put ? Op.UPSERT : Op.DELETE, result(effective, version, row));
      if (effective && placed.event() instanceof Put put) {
        row.put(put, places.computeIfAbsent(put.shape(), this::placesOf));
      } else if (effective && placed.event() instanceof Removal removal) {
        row.remove(removal.version(), removal.at());
      }
    }
  }

  private static Result result(boolean effective, EventVersion version, Folding row) {
    if (effective) {
      return Result.APPLIED;
    }
    return row.isOf(version) ? Result.DUPLICATE : Result.OLDER;
  }

  private int[] placesOf(RowShape shape) {
    List<String> names = structure.names();
    return shape.columns().stream().mapToInt(column -> names.indexOf(column.name())).toArray();
  }

  private void store(List<Folding> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    StagedRows staged = new StagedRows();
    rows.forEach(staged::add);
    staged.copy(connection, sql.copy());
    long stored = rows.stream().filter(Folding::isStored).count();
    if (stored > 0) {
      update(stored);
    }
    if (stored < rows.size()) {
      execute(sql.insert());
      rows.stream().filter(row -> !row.isStored()).forEach(state::countNew);
    }
    execute(sql.clearStage());
  }

  private void update(long expected) throws SQLException {
    try (PreparedStatement statement = planned(sql.update());
        ResultSet counts = statement.executeQuery()) {
      counts.next();
      if (counts.getLong(1) != expected) {
        throw new SQLException("rows changed since they were looked at", SERIALIZATION_FAILURE);
      }
      state.countStored(counts.getLong(2), counts.getLong(3), counts.getLong(4));
    }
  }

  /**
   * Values of some columns that the table has for a key, as texts, or {@link Absent#ABSENT} where
   * it has not got them; empty when there is no row.
   */
  Optional<List<Object>> read(OfRow event, List<String> columns) throws SQLException {
    try (PreparedStatement statement = planned(sql.read(columns))) {
      for (int column = 0; column < structure.key().size(); column++) {
        statement.setString(column + 1, keyText(event, column));
      }
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        for (int column = 1; column <= 2 * columns.size(); column += 2) {
          values.add(rows.getBoolean(column + 1) ? rows.getString(column) : Absent.ABSENT);
        }
        return Optional.of(values);
      }
    }
  }

  private void execute(String statementText) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(statementText);
    }
  }

  /** Planned when it runs: a plan kept from a small batch would scan whole tables later. */
  private PreparedStatement planned(String text) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    statement.unwrap(PGStatement.class).setPrepareThreshold(0);
    return statement;
  }
}
