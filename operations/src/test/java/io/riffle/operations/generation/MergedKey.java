package io.riffle.operations.generation;

import io.riffle.merge.record.Arrival;
import io.riffle.merge.record.At;
import io.riffle.merge.record.Encoded;
import io.riffle.merge.record.MergedWriter;
import io.riffle.merge.record.RawReader;
import io.riffle.merge.record.Row;
import io.riffle.merge.record.Sparse;
import io.riffle.merge.record.TypeColumns;
import io.riffle.merge.rule.Cell;
import io.riffle.merge.rule.KeyState;
import io.riffle.merge.rule.MergeRule;
import io.riffle.merge.rule.Outcome;
import io.riffle.merge.rule.Waiting;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Merge;
import io.riffle.schemas.control.MergedDelete;
import io.riffle.schemas.control.Parked;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.Decoding.Decoded;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.WireReader;
import io.riffle.testing.InMemoryRegistry;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** One key of CARRIER as merge-processor keeps it, with the newest of what it has emitted. */
final class MergedKey {
  static final long KEY = -7;
  static final Layout LAYOUT = Layouts.load().get("CARRIER");

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final TypeColumns columns = new TypeColumns(LAYOUT);
  private final RawReader reader =
      new RawReader(
          new WireReader(registry, WireReader.WithoutFingerprint.REJECT), columns, LAYOUT);
  private final SchemaHandle merged =
      SchemaHandle.register(registry, "merged", RecordSchemas.merged(LAYOUT));
  private final KeyState state = KeyState.empty(columns.shape());
  private Optional<GenericRecord> row = Optional.empty();
  private Optional<MergedDelete> delete = Optional.empty();
  private Optional<Parked> parked = Optional.empty();
  private Optional<At> last = Optional.empty();

  Arrival read(GenericRecord raw) {
    SchemaHandle handle =
        SchemaHandle.register(registry, raw.getSchema().getFullName(), raw.getSchema());
    RecordHeaders headers = new RecordHeaders();
    headers.add(handle.header());
    return reader.read(AvroBytes.encode(handle, raw), headers);
  }

  void take(GenericRecord raw) {
    Arrival.Data data = (Arrival.Data) read(raw);
    KeyState.Marks before = state.marks();
    List<Waiting> waited = state.waiting();
    Outcome outcome = MergeRule.apply(state, data.record());
    last = Optional.of(data.at());
    if (outcome == Outcome.APPLIED) {
      emit(data.at());
    }
    boolean same = before.deleted().equals(state.marks().deleted());
    if (!(waited.isEmpty() && state.waiting().isEmpty())
        && !(same && waited.equals(state.waiting()))) {
      parked = Optional.of(waiting(data.at()));
    }
  }

  private void emit(At at) {
    row = Optional.empty();
    delete = Optional.empty();
    if (state.exists()) {
      row = Optional.of(decoded(Row.of(state, columns)));
    } else {
      delete =
          Optional.of(
              new MergedDelete(
                  at.origin(), state.marks().deleted().orElseThrow(), Long.toString(KEY)));
    }
  }

  /** A row in a merged record, with the envelope of the present state. */
  GenericRecord decoded(Row present) {
    Encoded encoded =
        new MergedWriter(merged, columns)
            .write(
                last.orElseThrow(),
                state.marks().full().orElseThrow(),
                true,
                present,
                state.marks().deleted(),
                Sparse.of(state));
    if (AvroBytes.decode(merged, encoded.value()) instanceof Decoded found) {
      return found.record();
    }
    throw new IllegalStateException("a merged record that was just written cannot be read");
  }

  private Parked waiting(At at) {
    return new Parked(
        at.origin(),
        LAYOUT.type(),
        Long.toString(KEY),
        state.marks().deleted(),
        state.waiting().stream().map(one -> field((Waiting.Field) one)).toList());
  }

  private Parked.ParkedField field(Waiting.Field field) {
    Cell cell = field.cell();
    var level = field.line().isPresent() ? columns.line() : columns.header();
    return new Parked.ParkedField(
        field.line(),
        level.get(field.column()).sqlName(),
        cell.version(),
        cell.file(),
        cell.value().toBuffer());
  }

  /** Whether a FULL record left a field of an absent line that no merged record tells. */
  boolean hasMoreThanEmitted() {
    List<Merge.AbsentField> told =
        row.map(
                found ->
                    ControlCodec.of(Merge.class)
                        .fromAvro((GenericRecord) found.get(RecordSchemas.MERGE))
                        .absent())
            .orElse(List.of());
    return Sparse.of(state).kept().stream()
        .filter(field -> !field.cell().fromPatch())
        .anyMatch(
            field ->
                told.stream()
                    .noneMatch(
                        one ->
                            one.line() == field.line().orElse(-1)
                                && one.version().equals(field.cell().version())
                                && one.column()
                                    .equals(columns.line().get(field.column()).sqlName())));
  }

  KeyState state() {
    return state;
  }

  TypeColumns columns() {
    return columns;
  }

  Optional<GenericRecord> row() {
    return row;
  }

  Optional<MergedDelete> delete() {
    return delete;
  }

  Optional<Parked> parked() {
    return parked;
  }
}
