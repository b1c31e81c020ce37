package io.riffle.operations.record;

import io.riffle.merge.record.RawReader;
import io.riffle.merge.record.TypeColumns;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.RifDelete;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.layout.Lines;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.WireReader;
import io.riffle.testing.InMemoryRegistry;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Deliveries of one key of a type of this build, encoded as rif-producer does and read as
 * merge-processor does. A record's number of the day is its version and its file.
 */
final class GivenKey {
  static final long KEY = -7;
  static final Layouts LAYOUTS = Layouts.load();

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final WireReader wire = new WireReader(registry, WireReader.WithoutFingerprint.REJECT);
  private final Layout layout;
  private final TypeColumns columns;
  private final List<Delivery> deliveries = new ArrayList<>();

  GivenKey(String type) {
    this.layout = LAYOUTS.get(type);
    this.columns = new TypeColumns(layout);
  }

  static Version version(int day) {
    return new Version(Version.nanos(Instant.EPOCH) + day * 86_400_000_000_000L, 0, 1, 0, 1);
  }

  /** A FULL record with all required columns and these. */
  GivenKey full(int day, Map<String, Object> header, Map<Integer, Map<String, Object>> lines) {
    Set<String> names = names(header, lines);
    layout.columns().stream().filter(Column::required).forEach(c -> names.add(c.source()));
    if (layout.lines() == Lines.ROWS) {
      names.add(layout.lineKey().orElseThrow().name());
    }
    return add(day, layout, RecordSchemas.full(layout, names), header, lines);
  }

  /** A MERGE record with the key and these columns. */
  GivenKey merge(int day, Map<String, Object> header, Map<Integer, Map<String, Object>> lines) {
    return add(day, layout, RecordSchemas.merge(layout, names(header, lines)), header, lines);
  }

  GivenKey delete(int day) {
    ControlCodec<RifDelete> codec = ControlCodec.of(RifDelete.class);
    RifDelete delete = new RifDelete(origin(day), Long.toString(KEY));
    return add(layout, codec.schema(), codec.toAvro(delete));
  }

  /** A record of the type that joins this one. */
  GivenKey history(int day, Map<String, Object> header) {
    Layout joining =
        LAYOUTS.all().stream()
            .filter(other -> other.joins().equals(Optional.of(layout.type())))
            .findFirst()
            .orElseThrow();
    Set<String> names = new HashSet<>(header.keySet());
    joining.columns().stream().filter(Column::required).forEach(c -> names.add(c.source()));
    return add(day, joining, RecordSchemas.full(joining, names), header, Map.of());
  }

  /** The last record once more, by a later attempt. */
  GivenKey again() {
    Delivery last = deliveries.get(deliveries.size() - 1);
    int next = deliveries.size();
    deliveries.add(
        new Delivery(last.topic(), next, Instant.EPOCH.plusSeconds(next), true, last.arrival()));
    return this;
  }

  TypeColumns columns() {
    return columns;
  }

  List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  KeyTrace trace() {
    return KeyTrace.of(columns, deliveries, delivery -> false);
  }

  MergedImage image() {
    return StateImage.of(trace(), columns).orElseThrow();
  }

  private Set<String> names(Map<String, Object> header, Map<Integer, Map<String, Object>> lines) {
    Set<String> names = new HashSet<>(header.keySet());
    names.add(layout.key().name());
    lines.values().forEach(line -> names.addAll(line.keySet()));
    if (!lines.isEmpty()) {
      names.add(layout.lineKey().orElseThrow().name());
    }
    return names;
  }

  private static Origin origin(int day) {
    return new Origin(day, 1, version(day), 2, 1);
  }

  private GivenKey add(
      int day,
      Layout type,
      Schema schema,
      Map<String, Object> header,
      Map<Integer, Map<String, Object>> lines) {
    GenericRecord row = new GenericData.Record(schema);
    row.put(RecordSchemas.ORIGIN, ControlCodec.of(Origin.class).toAvro(origin(day)));
    put(type.headerColumns(), header, row);
    row.put(type.key().sqlName(), KEY);
    if (schema.getField(RecordSchemas.LINES) != null) {
      Schema ofLine = schema.getField(RecordSchemas.LINES).schema().getElementType();
      List<GenericRecord> items = new ArrayList<>();
      lines.forEach((number, fields) -> items.add(line(ofLine, number, fields)));
      row.put(RecordSchemas.LINES, items);
    }
    return add(type, schema, row);
  }

  private GenericRecord line(Schema schema, int number, Map<String, Object> fields) {
    GenericRecord line = new GenericData.Record(schema);
    put(layout.lineColumns(), fields, line);
    line.put(
        layout.lineKey().orElseThrow().sqlName(),
        layout.lines() == Lines.YEARS ? decimal(number) : (Object) number);
    return line;
  }

  /** Of the columns in the schema; one without a value gets some. */
  private static void put(List<Column> columns, Map<String, Object> values, GenericRecord into) {
    for (Column column : columns) {
      if (into.hasField(column.sqlName())) {
        into.put(column.sqlName(), values.getOrDefault(column.name(), some(column)));
      }
    }
  }

  private static Object some(Column column) {
    return switch (column.kind()) {
      case STRING, CHAR, HASH -> "0";
      case DECIMAL -> column.precision() == 0 ? "0" : decimal(0);
      case LONG -> 0L;
      case DATE, INT, SHORT -> 0;
      case ACTION -> throw new IllegalArgumentException("is not stored");
    };
  }

  static ByteBuffer decimal(int unscaled) {
    return ByteBuffer.wrap(BigInteger.valueOf(unscaled).toByteArray());
  }

  private GivenKey add(Layout type, Schema schema, GenericRecord value) {
    SchemaHandle handle = SchemaHandle.register(registry, schema.getFullName(), schema);
    RecordHeaders headers = new RecordHeaders();
    headers.add(handle.header());
    RawReader reader = new RawReader(wire, columns, type);
    int next = deliveries.size();
    deliveries.add(
        new Delivery(
            "main.rif." + type.topicPart(),
            next,
            Instant.EPOCH.plusSeconds(next),
            false,
            reader.read(AvroBytes.encode(handle, value), headers)));
    return this;
  }
}
