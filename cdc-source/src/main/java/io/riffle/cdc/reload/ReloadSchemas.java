package io.riffle.cdc.reload;

import io.riffle.cdc.source.EventNames;
import io.riffle.cdc.source.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/**
 * Avro schemas of a reloaded table: Debezium's envelope, in which each column is a text, in the
 * form that Postgres has for its type, and each row has a key of its own.
 */
final class ReloadSchemas {
  /** The key: what is in the row, and which one of equal rows it is. */
  static final String ROW = "riffle_row";

  private static final String PARAMETERS = "connect.parameters";
  private static final String COLUMN = "__debezium.source.column.";
  private static final String ENUM = "io.debezium.data.Enum";

  private final Schema key;
  private final Schema row;
  private final Schema source;
  private final Schema envelope;

  ReloadSchemas(String topicPrefix, TableName table, List<ReloadColumn> columns) {
    String namespace = avroName(topicPrefix + "." + table);
    ReloadColumn riffleRow =
        new ReloadColumn(ROW, "TEXT", Integer.MAX_VALUE, Optional.empty(), Optional.empty());
    key = record(namespace, "Key", List.of(new Field(ROW, text(riffleRow), null)));
    List<Field> fields = new ArrayList<>(List.of(new Field(ROW, text(riffleRow), null)));
    columns.forEach(column -> fields.add(optional(avroField(column.name()), text(column))));
    row = record(namespace, "Value", fields);
    source = source("io.debezium.connector.postgresql");
    envelope = envelope(namespace);
  }

  Schema key() {
    return key;
  }

  Schema row() {
    return row;
  }

  Schema source() {
    return source;
  }

  Schema envelope() {
    return envelope;
  }

  private Schema envelope(String namespace) {
    return record(
        namespace,
        "Envelope",
        List.of(
            optional("before", row),
            optional("after", row),
            new Field("source", source, null),
            new Field("op", Schema.create(Schema.Type.STRING), null),
            optional("ts_ms", Schema.create(Schema.Type.LONG))));
  }

  private static Schema source(String namespace) {
    return record(
        namespace,
        "Source",
        List.of(
            new Field("version", Schema.create(Schema.Type.STRING), null),
            new Field("connector", Schema.create(Schema.Type.STRING), null),
            new Field("name", Schema.create(Schema.Type.STRING), null),
            new Field("ts_ms", Schema.create(Schema.Type.LONG), null),
            optional("snapshot", Schema.create(Schema.Type.STRING)),
            new Field("db", Schema.create(Schema.Type.STRING), null),
            optional("sequence", Schema.create(Schema.Type.STRING)),
            optional("ts_us", Schema.create(Schema.Type.LONG)),
            optional("ts_ns", Schema.create(Schema.Type.LONG)),
            new Field("schema", Schema.create(Schema.Type.STRING), null),
            new Field("table", Schema.create(Schema.Type.STRING), null),
            optional("txId", Schema.create(Schema.Type.LONG)),
            optional("lsn", Schema.create(Schema.Type.LONG)),
            optional("xmin", Schema.create(Schema.Type.LONG))));
  }

  private static Schema record(String namespace, String name, List<Field> fields) {
    return Schema.createRecord(name, null, namespace, false, fields);
  }

  private static Field optional(String name, Schema type) {
    return new Field(
        name,
        Schema.createUnion(Schema.create(Schema.Type.NULL), type),
        null,
        Field.NULL_DEFAULT_VALUE);
  }

  private static Schema text(ReloadColumn column) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put(COLUMN + "name", column.name());
    parameters.put(COLUMN + "type", column.type());
    parameters.put(COLUMN + "length", Integer.toString(column.length()));
    column.scale().ifPresent(scale -> parameters.put(COLUMN + "scale", scale.toString()));
    column.labels().ifPresent(labels -> parameters.put("allowed", labels));
    Schema text = Schema.create(Schema.Type.STRING);
    text.addProp(PARAMETERS, parameters);
    if (column.labels().isPresent()) {
      text.addProp("connect.name", ENUM);
    }
    return text;
  }

  /** As Debezium adjusts names. */
  static String avroField(String name) {
    return EventNames.field(name);
  }

  private static String avroName(String name) {
    List<String> parts = new ArrayList<>();
    for (String part : name.split("\\.", -1)) {
      parts.add(avroField(part));
    }
    return String.join(".", parts);
  }
}
