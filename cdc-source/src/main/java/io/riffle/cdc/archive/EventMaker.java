package io.riffle.cdc.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.StagingSweep;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Makes the event of a row again, as far as what reads events looks at it. */
final class EventMaker {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Manifest manifest;
  private final Schema schema;
  private final Absent absent;

  EventMaker(Manifest manifest) {
    this.manifest = manifest;
    this.schema = new Schema.Parser().parse(manifest.valueSchema().toString());
    this.absent = new Absent(manifest.placeholder());
  }

  Schema schema() {
    return schema;
  }

  GenericRecord event(List<String> cells) throws IOException {
    RowCells row = new RowCells(cells, manifest.columns().size());
    return row.op().equals(Event.SWEEP) ? sweep(row) : change(row);
  }

  private GenericRecord change(RowCells row) throws IOException {
    GenericRecord event = empty(schema);
    event.put("op", row.op());
    boolean deleted = row.op().equals("d");
    event.put("before", deleted ? columns(row) : null);
    event.put("after", deleted || row.op().equals("t") ? null : columns(row));
    event.put("source", source(row));
    put(event, "ts_ms", row.time().toEpochMilli());
    return event;
  }

  private GenericRecord columns(RowCells row) throws IOException {
    Schema columns = AvroFields.plain(schema.getField("after").schema());
    Set<String> notSent = notSent(row);
    GenericRecord record = new GenericData.Record(columns);
    for (Schema.Field field : columns.getFields()) {
      String name = manifest.columns().get(field.pos());
      String text = row.column(field.pos());
      Object value = text == null ? null : value(field, text);
      record.put(field.pos(), notSent.contains(name) ? absent.of(field.schema()) : value);
    }
    return record;
  }

  private static Object value(Schema.Field field, String text) throws IOException {
    try {
      return CellText.parse(field.schema(), text);
    } catch (IllegalArgumentException e) {
      throw new IOException("column " + field.name() + " " + e.getMessage());
    }
  }

  private GenericRecord source(RowCells row) {
    GenericRecord source = empty(AvroFields.plain(schema.getField("source").schema()));
    manifest.constants().forEach((name, text) -> put(source, name, text));
    long micros = micros(row.time());
    put(source, "ts_ms", row.time().toEpochMilli());
    put(source, "ts_us", micros);
    put(source, "ts_ns", micros * 1_000);
    put(source, "snapshot", row.snapshot());
    put(source, "schema", manifest.schema());
    put(source, "table", manifest.table());
    put(source, "lsn", row.position().lsn());
    put(source, "sequence", sequence(row.position()));
    return source;
  }

  private static String sequence(Position position) {
    return JSON.createArrayNode()
        .add(position.commit() == null ? null : position.commit().toString())
        .add(position.lsn() == null ? null : position.lsn().toString())
        .toString();
  }

  private GenericRecord sweep(RowCells row) {
    Position position = row.position();
    return ControlCodec.of(StagingSweep.class)
        .toAvro(
            new StagingSweep(
                manifest.source(),
                manifest.schema(),
                manifest.table(),
                position.epoch(),
                position.commit(),
                position.lsn(),
                micros(row.time())));
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static Set<String> notSent(RowCells row) throws JsonProcessingException {
    return row.absent() == null
        ? Set.of()
        : new HashSet<>(List.of(JSON.readValue(row.absent(), String[].class)));
  }

  private static void put(GenericRecord record, String field, Object value) {
    if (record.hasField(field)
        && (value != null || record.getSchema().getField(field).schema().isNullable())) {
      record.put(field, value);
    }
  }

  /** Null where that is allowed, else the least that the type has. */
  private static GenericRecord empty(Schema schema) {
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), field.schema().isNullable() ? null : least(field.schema()));
    }
    return record;
  }

  private static Object least(Schema schema) {
    return switch (schema.getType()) {
      case INT -> 0;
      case LONG -> 0L;
      case BOOLEAN -> false;
      case STRING -> "";
      case RECORD -> empty(schema);
      default -> null;
    };
  }
}
