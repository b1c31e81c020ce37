package io.riffle.merge.topology;

import io.riffle.merge.record.Arrival;
import io.riffle.merge.record.At;
import io.riffle.merge.record.ControlWriter;
import io.riffle.merge.record.Encoded;
import io.riffle.merge.record.HistoryRows;
import io.riffle.merge.record.MergedWriter;
import io.riffle.merge.record.Row;
import io.riffle.merge.record.Sparse;
import io.riffle.merge.record.TypeColumns;
import io.riffle.merge.rule.KeyState;
import io.riffle.merge.rule.MergeRule;
import io.riffle.merge.rule.Outcome;
import io.riffle.merge.rule.RepeatedKey;
import io.riffle.merge.rule.RifRecord;
import io.riffle.merge.rule.Waiting;
import io.riffle.merge.state.StateCodec;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.MergedDelete;
import io.riffle.schemas.control.Parked;
import io.riffle.schemas.control.Version;
import java.util.List;
import java.util.Optional;

/** Takes one record into the stored state of its key and tells what to emit. For one thread. */
final class KeyMerge {
  private final TypeColumns columns;
  private final StateCodec codec;
  private final MergedWriter merged;
  private final ControlWriter<MergedDelete> deletes;
  private final ControlWriter<Parked> parked;

  KeyMerge(
      TypeColumns columns,
      StateCodec codec,
      MergedWriter merged,
      ControlWriter<MergedDelete> deletes,
      ControlWriter<Parked> parked) {
    this.columns = columns;
    this.codec = codec;
    this.merged = merged;
    this.deletes = deletes;
    this.parked = parked;
  }

  /**
   * What became of a record.
   *
   * @param repeated whether another record of the same file has the key, too
   * @param state the new stored state; equal to the old one when nothing is to be stored
   * @param merged what goes to the merged topic, if the record was applied
   * @param parked what goes to the parked topic, if what waits has changed
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Step(
      Outcome outcome,
      boolean repeated,
      byte[] state,
      Optional<Encoded> merged,
      Optional<Encoded> parked) {

    /** The longest of the values, in bytes. */
    int longest() {
      int emitted = Math.max(length(merged), length(parked));
      return Math.max(state.length, emitted);
    }

    private static int length(Optional<Encoded> value) {
      return value.map(encoded -> encoded.value().length).orElse(0);
    }
  }

  /**
   * Takes a record in.
   *
   * @param stored the stored state of the key, null for a key that is met for the first time
   * @param redriven whether the record was delivered before and rejected somewhere, so that what it
   *     did to the key is emitted once more
   */
  Step take(String key, byte[] stored, Arrival.Data data, boolean redriven) {
    if (stored == null && data instanceof Arrival.Full full && isRow(full)) {
      return first(full);
    }
    KeyState state = stored == null ? KeyState.empty(columns.shape()) : codec.decode(stored);
    KeyState.Marks before = state.marks();
    List<Waiting> waitedBefore = state.waiting();
    RifRecord record = data.record();
    boolean repeated = RepeatedKey.isRepeated(state, record);
    Outcome found = MergeRule.apply(state, record);
    Outcome outcome = redriven && concerns(state, data) ? Outcome.APPLIED : found;
    Sparse sparse = Sparse.of(state);
    Optional<Row> row = state.exists() ? Optional.of(Row.of(state, columns)) : Optional.empty();
    return new Step(
        outcome,
        repeated,
        codec.encode(state, row, sparse),
        outcome == Outcome.APPLIED
            ? Optional.of(emit(key, data.at(), state, isKnown(before), row, sparse))
            : Optional.empty(),
        waiting(key, data.at(), state, before, waitedBefore));
  }

  /**
   * Whether the key as it stands has something of the record, or may have: it exists and the record
   * is newer than its delete, or the record is the delete that ended it. What is emitted then is
   * the current state, never the record's own, so nothing newer is undone.
   */
  private static boolean concerns(KeyState state, Arrival.Data data) {
    Version version = data.at().origin().version();
    Optional<Version> deleted = state.marks().deleted();
    return state.exists()
        ? deleted.isEmpty() || version.isNewerThan(deleted.get())
        : deleted.equals(Optional.of(version));
  }

  /** A person's record is never the row: that has all years, and a history. */
  private static boolean isRow(Arrival.Full full) {
    return full.plan().isComplete() && !full.plan().years();
  }

  /** The common case: the record is the row, and no field is looked at. */
  private Step first(Arrival.Full full) {
    Version version = full.at().origin().version();
    Row row = Row.of(full.row());
    Encoded value = merged.write(full.at(), version, false, row, Optional.empty(), Sparse.NONE);
    byte[] state = codec.encodeFirst(version, row);
    return new Step(Outcome.APPLIED, false, state, Optional.of(value), Optional.empty());
  }

  /** Whatever makes a key exist or ends it is emitted. */
  private static boolean isKnown(KeyState.Marks marks) {
    return marks.full().isPresent() || marks.deleted().isPresent();
  }

  private Encoded emit(
      String key, At at, KeyState state, boolean known, Optional<Row> row, Sparse sparse) {
    KeyState.Marks marks = state.marks();
    return row.map(
            r -> merged.write(at, marks.full().orElseThrow(), known, r, marks.deleted(), sparse))
        .orElseGet(
            () -> deletes.write(new MergedDelete(at.origin(), marks.deleted().orElseThrow(), key)));
  }

  private Optional<Encoded> waiting(
      String key, At at, KeyState state, KeyState.Marks before, List<Waiting> waitedBefore) {
    List<Waiting> waiting = state.waiting();
    boolean nothing = waiting.isEmpty() && waitedBefore.isEmpty();
    boolean sameDelete = before.deleted().equals(state.marks().deleted());
    if (nothing || (sameDelete && waiting.equals(waitedBefore))) {
      return Optional.empty();
    }
    Parked value =
        new Parked(
            at.origin(),
            columns.layout().type(),
            key,
            state.marks().deleted(),
            waiting.stream().map(this::parkedField).toList());
    return Optional.of(parked.write(value));
  }

  private Parked.ParkedField parkedField(Waiting waiting) {
    if (waiting instanceof Waiting.Row row) {
      return new Parked.ParkedField(
          Optional.empty(),
          RecordSchemas.HISTORY,
          row.former().record(),
          row.file(),
          HistoryRows.write(row.former().identity(), columns).toBuffer());
    }
    Waiting.Field field = (Waiting.Field) waiting;
    var level = field.line().isPresent() ? columns.line() : columns.header();
    return new Parked.ParkedField(
        field.line(),
        level.get(field.column()).sqlName(),
        field.cell().version(),
        field.cell().file(),
        field.cell().value().toBuffer());
  }
}
