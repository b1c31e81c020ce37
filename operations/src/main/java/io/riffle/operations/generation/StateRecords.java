package io.riffle.operations.generation;

import io.riffle.merge.record.MergedWriter;
import io.riffle.operations.generation.Patches.Sent;
import io.riffle.schemas.avro.FieldSchemas;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Merge;
import io.riffle.schemas.control.Merge.FieldVersion;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Parked;
import io.riffle.schemas.control.RifDelete;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/**
 * Raw records that make the state of a key what a merged record, or a parked one, says that it is:
 * what is left of those that were delivered, each with its version. Merging is a function of the
 * set of records, so they may come in any order, after or before others of the key, and twice. For
 * types whose lines are not years. No I/O.
 */
final class StateRecords {
  private static final ControlCodec<Merge> MERGE = ControlCodec.of(Merge.class);
  private static final ControlCodec<Origin> ORIGIN = ControlCodec.of(Origin.class);

  /** No load of a file: nobody counts them. */
  private static final int NO_ATTEMPT = 0;

  private final Layout layout;
  private final ToLongFunction<Version> files;
  private final Map<Set<String>, Schema> fulls = new HashMap<>();
  private final Patches patches;
  private final Map<String, GenericDatumReader<Object>> readers = new HashMap<>();

  /**
   * @param files the ledger's number of the file that delivered a version
   */
  StateRecords(Layout layout, ToLongFunction<Version> files) {
    this.layout = layout;
    this.files = files;
    this.patches = new Patches(layout, this::withOrigin);
  }

  /** Of a row. */
  List<GenericRecord> ofRow(GenericRecord row) {
    Merge merge = MERGE.fromAvro((GenericRecord) row.get(RecordSchemas.MERGE));
    Object key = row.get(layout.key().sqlName());
    List<GenericRecord> records = new ArrayList<>();
    merge.deleted().ifPresent(version -> records.add(delete(version, key.toString())));
    records.add(full(row, merge));
    List<Sent> sent = new ArrayList<>();
    for (FieldVersion override : merge.overrides()) {
      if (!override.version().equals(MergedWriter.NEVER)) {
        sent.add(
            new Sent(
                override.line(),
                column(override.line(), override.column()),
                override.version(),
                value(row, override)));
      }
    }
    merge
        .absent()
        .forEach(
            field ->
                sent.add(
                    sent(
                        Optional.of(field.line()),
                        field.column(),
                        field.version(),
                        field.value())));
    records.addAll(patches.of(key, sent));
    return records;
  }

  /** Of what waits. */
  List<GenericRecord> ofParked(Parked parked) {
    List<GenericRecord> records = new ArrayList<>();
    parked.deleted().ifPresent(version -> records.add(delete(version, parked.key())));
    List<Sent> sent =
        parked.fields().stream()
            .map(field -> sent(field.line(), field.column(), field.version(), field.value()))
            .toList();
    Object key = Patches.number(layout.key(), Long.parseLong(parked.key()));
    records.addAll(patches.of(key, sent));
    return records;
  }

  /** Of a key that is deleted. */
  GenericRecord delete(Version version, String key) {
    return ControlCodec.of(RifDelete.class).toAvro(new RifDelete(origin(version), key));
  }

  /**
   * The newest FULL record. Columns that it lacked are those whose values are older, or nobody's;
   * newer values are not its own, but newer they stay.
   */
  private GenericRecord full(GenericRecord row, Merge merge) {
    Set<String> lacked =
        merge.overrides().stream()
            .filter(override -> !override.version().isNewerThan(merge.full()))
            .map(override -> column(override.line(), override.column()))
            .map(Column::source)
            .collect(Collectors.toSet());
    Set<String> header =
        layout.columns().stream()
            .filter(
                column ->
                    column.required() || (!lacked.contains(column.source()) && has(row, column)))
            .map(Column::source)
            .collect(Collectors.toCollection(TreeSet::new));
    Schema schema = fulls.computeIfAbsent(header, names -> RecordSchemas.full(layout, names));
    GenericRecord full = withOrigin(schema, merge.full());
    copy(row, full);
    return full;
  }

  /** A record of an earlier layout lacks columns. */
  private static boolean has(GenericRecord row, Column column) {
    return column.level() == Level.LINE
        ? lineSchema(row.getSchema()).getField(column.sqlName()) != null
        : row.hasField(column.sqlName());
  }

  static Schema lineSchema(Schema schema) {
    return schema.getField(RecordSchemas.LINES).schema().getElementType();
  }

  /** All fields that the target has, lines too. */
  private static void copy(GenericRecord from, GenericRecord to) {
    for (Schema.Field field : to.getSchema().getFields()) {
      if (field.name().equals(RecordSchemas.LINES)) {
        to.put(field.name(), lines(from, field.schema()));
      } else if (!field.name().equals(RecordSchemas.ORIGIN)) {
        to.put(field.name(), from.get(field.name()));
      }
    }
  }

  private static List<GenericRecord> lines(GenericRecord from, Schema array) {
    List<GenericRecord> lines = new ArrayList<>();
    for (GenericRecord line : linesOf(from)) {
      GenericRecord copy = new GenericData.Record(array.getElementType());
      copy(line, copy);
      lines.add(copy);
    }
    return lines;
  }

  private static List<GenericRecord> linesOf(GenericRecord row) {
    return row.hasField(RecordSchemas.LINES)
        ? ((List<?>) row.get(RecordSchemas.LINES)).stream().map(GenericRecord.class::cast).toList()
        : List.of();
  }

  private Object value(GenericRecord row, FieldVersion field) {
    if (field.line().isEmpty()) {
      return row.get(field.column());
    }
    String number = layout.lineKey().orElseThrow().sqlName();
    return linesOf(row).stream()
        .filter(line -> ((Number) line.get(number)).intValue() == field.line().get())
        .findFirst()
        .orElseThrow()
        .get(field.column());
  }

  private Sent sent(Optional<Integer> line, String column, Version version, ByteBuffer value) {
    Column of = column(line, column);
    return new Sent(line, of, version, decoded(of, value));
  }

  private Object decoded(Column column, ByteBuffer encoded) {
    byte[] bytes = new byte[encoded.remaining()];
    encoded.duplicate().get(bytes);
    try {
      return readers
          .computeIfAbsent(
              column.sqlName(), name -> new GenericDatumReader<>(FieldSchemas.of(column)))
          .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    } catch (IOException e) {
      throw new UncheckedIOException("a kept field of column " + column.name(), e);
    }
  }

  private Column column(Optional<Integer> line, String name) {
    return Stream.concat(
            line.isPresent() ? Stream.empty() : layout.headerColumns().stream(),
            layout.lineColumns().stream())
        .filter(column -> column.sqlName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("column " + name + " is not in the layout any more"));
  }

  private GenericRecord withOrigin(Schema schema, Version version) {
    GenericRecord record = new GenericData.Record(schema);
    record.put(RecordSchemas.ORIGIN, ORIGIN.toAvro(origin(version)));
    return record;
  }

  private Origin origin(Version version) {
    return new Origin(files.applyAsLong(version), NO_ATTEMPT, version, 0, 1);
  }
}
