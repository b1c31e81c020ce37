package io.riffle.merge.topology;

import io.riffle.merge.record.Year;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.RifDelete;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import io.riffle.schemas.layout.Role;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.SchemaHandle;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Writes {@link Given} records as the producer would, with Avro's own encoder. */
public final class GivenAvro {
  private static final ControlCodec<RifDelete> DELETE = ControlCodec.of(RifDelete.class);

  private final Map<List<String>, SchemaHandle> schemas = new HashMap<>();
  private final SchemaHandle deletes;
  private final SchemaRegistry registry;
  private final Layout layout;
  private final long key;

  public GivenAvro(SchemaRegistry registry, Layout layout, long key) {
    this.registry = registry;
    this.layout = layout;
    this.key = key;
    this.deletes = register(DELETE.schema());
  }

  /** A raw value and the handle of its schema. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Raw(SchemaHandle schema, byte[] value) {}

  /** The file that a record came from: each has its own. */
  static long file(Given record) {
    return 1L + Math.floorMod(record.version().hashCode(), 1_000_000);
  }

  static Origin origin(Given record, int attempt) {
    return new Origin(file(record), attempt, record.version(), 2, 1);
  }

  public Raw write(Given record, int attempt, Random order) {
    return write(record, origin(record, attempt), order);
  }

  /** The record as it comes from another place than its own file. */
  public Raw write(Given record, Origin origin, Random order) {
    return write(record, key, origin, order);
  }

  /** The same record of another key. */
  public Raw write(Given record, long ofKey, Origin origin, Random order) {
    if (record.kind() == Given.Kind.DELETE) {
      RifDelete delete = new RifDelete(origin, "" + ofKey);
      return new Raw(deletes, AvroBytes.encode(deletes, DELETE.toAvro(delete)));
    }
    SchemaHandle schema = schemas.computeIfAbsent(columns(record), names -> schema(record, names));
    GenericRecord row = new GenericData.Record(schema.schema());
    row.put(RecordSchemas.ORIGIN, ControlCodec.of(Origin.class).toAvro(origin));
    put(record.header(), layout.headerColumns(), row);
    row.put(layout.key().sqlName(), ofKey);
    if (row.getSchema().getField(RecordSchemas.LINES) != null) {
      row.put(RecordSchemas.LINES, lines(record, row.getSchema(), order));
    }
    return new Raw(schema, AvroBytes.encode(schema, row));
  }

  private SchemaHandle schema(Given record, List<String> names) {
    boolean full = record.kind() != Given.Kind.MERGE;
    return register(full ? RecordSchemas.full(layout, names) : RecordSchemas.merge(layout, names));
  }

  private SchemaHandle register(Schema schema) {
    return SchemaHandle.register(registry, schema.getFullName(), schema);
  }

  /** The file's header, with DML_IND in FULL files only: it tells the two kinds apart. */
  private List<String> columns(Given record) {
    Set<String> header = new HashSet<>(record.header().keySet());
    record.lines().values().forEach(line -> header.addAll(line.keySet()));
    header.add(layout.key().sqlName());
    boolean full = record.kind() != Given.Kind.MERGE;
    if (record.hasLines() || (full && layout.lines() == Lines.ROWS)) {
      layout.lineKey().ifPresent(column -> header.add(column.sqlName()));
    }
    if (full) {
      layout.columns().stream().filter(Column::required).forEach(c -> header.add(c.sqlName()));
    }
    return layout.fileColumns().stream()
        .filter(column -> header.contains(column.sqlName()))
        .map(Column::name)
        .toList();
  }

  private List<GenericRecord> lines(Given record, Schema schema, Random order) {
    Schema ofLine = schema.getField(RecordSchemas.LINES).schema().getElementType();
    List<GenericRecord> lines = new ArrayList<>();
    record
        .lines()
        .forEach(
            (number, fields) -> {
              GenericRecord line = new GenericData.Record(ofLine);
              put(fields, layout.lineColumns(), line);
              line.put(layout.lineKey().orElseThrow().sqlName(), number(number));
              lines.add(line);
            });
    Collections.shuffle(lines, order);
    return lines;
  }

  /** Years are decimals, other line numbers are ints. */
  private Object number(int number) {
    if (layout.lines() != Lines.YEARS) {
      return number;
    }
    return number == Year.NONE ? null : year("" + number);
  }

  private static ByteBuffer year(String number) {
    return ByteBuffer.wrap(new BigInteger(number).toByteArray());
  }

  private static void put(
      Map<String, Optional<String>> fields, List<Column> columns, GenericRecord into) {
    for (Column column : columns) {
      Optional<String> value = fields.getOrDefault(column.sqlName(), Optional.empty());
      value.ifPresent(text -> into.put(column.sqlName(), avro(column, text)));
    }
  }

  /** Numbers are written as the code of the text's first character. */
  private static Object avro(Column column, String text) {
    if (column.role() == Role.LINE_KEY) {
      return year(text);
    }
    int code = text.isEmpty() ? 0 : text.charAt(0);
    return switch (column.kind()) {
      case LONG -> (long) code;
      case DATE, INT, SHORT -> code;
      case DECIMAL -> column.precision() == 0 ? text : ByteBuffer.wrap(new byte[] {(byte) code});
      default -> text;
    };
  }

  /** The text of a decoded value, the inverse of what {@link #write} does to it. */
  static Optional<String> text(Column column, Object value) {
    if (column.role() == Role.LINE_KEY && value instanceof ByteBuffer bytes) {
      return Optional.of("" + number(bytes));
    } else if (value instanceof Number number) {
      return Optional.of(text(number.intValue()));
    } else if (value instanceof ByteBuffer bytes) {
      return Optional.of(text(bytes.get(bytes.position())));
    }
    return Optional.ofNullable(value).map(Object::toString);
  }

  /** The line number of a decoded line. */
  static int lineNumber(Object value) {
    if (value instanceof ByteBuffer bytes) {
      return number(bytes);
    }
    return value == null ? Year.NONE : (Integer) value;
  }

  private static int number(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return new BigInteger(copy).intValueExact();
  }

  private static String text(int code) {
    return code == 0 ? "" : Character.toString(code);
  }
}
