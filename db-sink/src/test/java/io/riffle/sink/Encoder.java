package io.riffle.sink;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Merge;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.History;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.sink.copy.Bytes;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Encodes records as the merge-processor does; columns that a test does not name get a value. */
final class Encoder {
  private static final Version VERSION = new Version(1L, 0, 1, 0, 1L);

  private final SchemaRegistry registry;
  private boolean known;

  Encoder(SchemaRegistry registry) {
    this.registry = registry;
  }

  /** The merge's hint in the records that follow: whether their keys were emitted before. */
  void known(boolean hint) {
    known = hint;
  }

  /** A framed value and the schema it was written with. */
  record Value(SchemaHandle writer, Bytes value) {
    Value(SchemaHandle writer, byte[] bytes) {
      this(writer, Bytes.of(bytes));
    }

    byte[] bytes() {
      return value.array();
    }
  }

  static Origin origin(long file, long record) {
    return new Origin(file, 1, VERSION.at(record), record + 1, 1);
  }

  Value control(Record value) {
    return control(value.getClass(), value);
  }

  private <T extends Record> Value control(Class<T> type, Record value) {
    ControlCodec<T> codec = ControlCodec.of(type);
    return encode(codec.schema(), codec.toAvro(type.cast(value)));
  }

  /** A merged record of the whole layout. */
  Value merged(
      Layout layout,
      Origin origin,
      long linesHash,
      Map<String, Object> header,
      List<Map<String, Object>> lines) {
    return merged(layout, RecordSchemas.merged(layout), origin, linesHash, header, lines);
  }

  /** A merged record of a type without former identities. */
  Value merged(
      Layout layout,
      Schema schema,
      Origin origin,
      long linesHash,
      Map<String, Object> header,
      List<Map<String, Object>> lines) {
    return merged(layout, schema, origin, linesHash, header, lines, List.of());
  }

  Value merged(
      Layout layout,
      Schema schema,
      Origin origin,
      long linesHash,
      Map<String, Object> header,
      List<Map<String, Object>> lines,
      List<Map<String, Object>> history) {
    GenericRecord record = fill(schema, layout.headerColumns(), header);
    Merge merge =
        new Merge(
            origin, origin.version(), known, linesHash, Optional.empty(), List.of(), List.of());
    record.put(RecordSchemas.MERGE, ControlCodec.of(Merge.class).toAvro(merge));
    if (layout.hasLines()) {
      Schema line = schema.getField(RecordSchemas.LINES).schema().getElementType();
      record.put(
          RecordSchemas.LINES,
          lines.stream().map(values -> fill(line, layout.lineColumns(), values)).toList());
    }
    layout
        .history()
        .ifPresent(rows -> record.put(RecordSchemas.HISTORY, fill(schema, rows, history)));
    return encode(schema, record);
  }

  private static List<GenericRecord> fill(
      Schema schema, History history, List<Map<String, Object>> rows) {
    Schema item = schema.getField(RecordSchemas.HISTORY).schema().getElementType();
    List<GenericRecord> records = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      GenericRecord record = fill(item, history.columns(), row);
      record.put(RecordSchemas.HISTORY_RECORD, row.get(RecordSchemas.HISTORY_RECORD));
      records.add(record);
    }
    return records;
  }

  private static GenericRecord fill(
      Schema schema, List<Column> columns, Map<String, Object> values) {
    GenericRecord record = new GenericData.Record(schema);
    for (Column column : columns) {
      if (schema.getField(column.sqlName()) != null) {
        record.put(
            column.sqlName(),
            values.containsKey(column.sqlName()) ? values.get(column.sqlName()) : value(column));
      }
    }
    return record;
  }

  private static Object value(Column column) {
    if (!column.required()) {
      return null;
    }
    return switch (column.kind()) {
      case STRING, CHAR, HASH -> "A";
      case DATE -> 18_000;
      case DECIMAL -> column.precision() == 0 ? "1.0" : decimal(123);
      case LONG -> 1L;
      case INT, SHORT -> 1;
      case ACTION -> throw new IllegalArgumentException(column.name());
    };
  }

  static ByteBuffer decimal(long unscaled) {
    return ByteBuffer.wrap(BigInteger.valueOf(unscaled).toByteArray());
  }

  private Value encode(Schema schema, GenericRecord record) {
    SchemaHandle writer = SchemaHandle.register(registry, schema.getFullName(), schema);
    return new Value(writer, AvroBytes.encode(writer, record));
  }
}
