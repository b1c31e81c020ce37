package io.riffle.sink;

import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.SchemaHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Change events as Debezium 3.6.3 and Apicurio's converter write them, of one table. */
final class ChangeEvents {
  private static final String NAMESPACE = "main.cdc.qvp.public.orders";
  private static final Schema SOURCE =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Source", "namespace": "io.debezium.connector.postgresql",
               "fields": [
                {"name": "version", "type": "string"},
                {"name": "ts_ms", "type": "long"},
                {"name": "snapshot", "type": ["string", "null"]},
                {"name": "sequence", "type": ["null", "string"]},
                {"name": "ts_us", "type": ["null", "long"]},
                {"name": "schema", "type": "string"},
                {"name": "table", "type": "string"},
                {"name": "lsn", "type": ["null", "long"]}]}
              """);

  private final SchemaRegistry registry;
  private final List<String> keys = new ArrayList<>();
  private final Map<String, String> columns = new LinkedHashMap<>();

  ChangeEvents(SchemaRegistry registry) {
    this.registry = registry;
  }

  /** Names the columns of the key, which are columns of the row, too. */
  ChangeEvents key(String... names) {
    keys.clear();
    keys.addAll(List.of(names));
    return this;
  }

  /**
   * A column of the table from now on.
   *
   * @param avro the schema of its values, as JSON, with Debezium's parameters
   */
  ChangeEvents column(String name, String avro) {
    columns.put(name, avro);
    return this;
  }

  /** A column with a type of the source and its length and scale, where they say something. */
  ChangeEvents column(String name, String avro, String type, Integer length, Integer scale) {
    return column(name, typed(name, avro, "", type, length, scale));
  }

  /** A column with a type of the source and a name of Debezium's or Connect's for what it holds. */
  ChangeEvents column(String name, String avro, String semantics, String type) {
    String more = "\"connect.name\": \"" + semantics + "\", ";
    return column(name, typed(name, avro, more, type, null, null));
  }

  static String typed(
      String name, String avro, String more, String type, Integer length, Integer scale) {
    String parameters =
        "\"__debezium.source.column.type\": \""
            + type
            + "\", \"__debezium.source.column.name\": \""
            + name
            + "\""
            + (length == null ? "" : ", \"__debezium.source.column.length\": \"" + length + "\"")
            + (scale == null ? "" : ", \"__debezium.source.column.scale\": \"" + scale + "\"");
    return "{\"type\": " + avro + ", " + more + "\"connect.parameters\": {" + parameters + "}}";
  }

  /** The column is gone in the source. */
  ChangeEvents without(String name) {
    columns.remove(name);
    return this;
  }

  /** A place in the source. */
  record At(Long commit, Long lsn, long micros, String snapshot) {
    static At lsn(long commit, long lsn) {
      return new At(commit, lsn, 1_000_000L * lsn, "false");
    }

    /** Rows of incremental snapshots have no lsn of their own. */
    static At incremental(long commit) {
      return new At(commit, null, 1_000_000L * commit, "incremental");
    }

    static At initial(long lsn) {
      return new At(null, lsn, 1_000_000L * lsn, "true");
    }
  }

  byte[] key(Map<String, Object> row) {
    List<Schema.Field> fields = new ArrayList<>();
    for (String name : keys) {
      Schema column = new Schema.Parser().parse(columns.getOrDefault(name, "\"string\""));
      fields.add(new Schema.Field(name, Schema.create(column.getType())));
    }
    Schema schema = Schema.createRecord("Key", null, NAMESPACE, false, fields);
    GenericRecord key = new GenericData.Record(schema);
    keys.forEach(name -> key.put(name, row.get(name)));
    return encode(schema, key);
  }

  byte[] event(String op, At at, Map<String, Object> before, Map<String, Object> after) {
    StringBuilder fields = new StringBuilder();
    columns.forEach(
        (name, avro) ->
            fields
                .append(fields.isEmpty() ? "" : ",")
                .append("{\"name\": \"")
                .append(name)
                .append("\", \"type\": [\"null\", ")
                .append(avro)
                .append("]}"));
    Schema row =
        new Schema.Parser()
            .parse(
                "{\"type\": \"record\", \"name\": \"Value\", \"namespace\": \""
                    + NAMESPACE
                    + "\", \"fields\": ["
                    + fields
                    + "]}");
    Schema optional = Schema.createUnion(Schema.create(Schema.Type.NULL), row);
    Schema envelope =
        Schema.createRecord(
            "Envelope",
            null,
            NAMESPACE,
            false,
            List.of(
                new Schema.Field("before", optional),
                new Schema.Field("after", optional),
                new Schema.Field("source", SOURCE),
                new Schema.Field("op", Schema.create(Schema.Type.STRING))));
    GenericRecord event = new GenericData.Record(envelope);
    event.put("before", fill(row, before));
    event.put("after", fill(row, after));
    event.put("source", source(at));
    event.put("op", op);
    return encode(envelope, event);
  }

  private static GenericRecord fill(Schema schema, Map<String, Object> values) {
    if (values == null) {
      return null;
    }
    GenericRecord record = new GenericData.Record(schema);
    values.forEach(record::put);
    return record;
  }

  private static GenericRecord source(At at) {
    GenericRecord source = new GenericData.Record(SOURCE);
    source.put("version", "3.6.3.Final");
    source.put("ts_ms", at.micros() / 1000);
    source.put("ts_us", at.micros());
    source.put("snapshot", at.snapshot());
    source.put("schema", "public");
    source.put("table", "orders");
    source.put("lsn", at.lsn());
    String commit = at.commit() == null ? "null" : "\"" + at.commit() + "\"";
    Long lsn = at.lsn() == null ? at.commit() : at.lsn();
    source.put("sequence", "[" + commit + ",\"" + lsn + "\"]");
    return source;
  }

  private byte[] encode(Schema schema, GenericRecord record) {
    String subject = schema.getFullName() + schema.toString().hashCode();
    return AvroBytes.encode(SchemaHandle.register(registry, subject, schema), record);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
