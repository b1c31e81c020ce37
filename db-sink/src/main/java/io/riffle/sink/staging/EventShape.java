package io.riffle.sink.staging;

import io.riffle.schemas.wire.SchemaHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * What the schema of an envelope says of the rows in it.
 *
 * @param id of the schema
 * @param fields columns by the names of their fields, which are those of the columns where Avro
 *     allows it
 */
record EventShape(int id, RowShape row, Map<String, SourceColumn> fields) {

  EventShape {
    fields = Map.copyOf(fields);
  }

  /** Empty when the schema is not that of an envelope. */
  static Optional<EventShape> of(SchemaHandle writer) {
    Schema envelope = writer.schema();
    if (envelope.getType() != Schema.Type.RECORD
        || envelope.getField("op") == null
        || envelope.getField("source") == null
        || envelope.getField("after") == null) {
      return Optional.empty();
    }
    Schema row = ValueReaders.inner(envelope.getField("after").schema());
    if (row.getType() != Schema.Type.RECORD) {
      return Optional.empty();
    }
    List<SourceColumn> columns = new ArrayList<>();
    Map<String, SourceColumn> fields = new HashMap<>();
    for (Schema.Field field : row.getFields()) {
      SourceColumn column = column(field);
      columns.add(column);
      fields.put(field.name(), column);
    }
    return Optional.of(new EventShape(writer.id(), new RowShape(columns), fields));
  }

  private static SourceColumn column(Schema.Field field) {
    Schema schema = ValueReaders.inner(field.schema());
    String name = SourceTypes.parameter(schema, "name").orElse(field.name());
    return new SourceColumn(name, SourceTypes.of(schema), ValueReaders.of(name, schema));
  }

  /**
   * The columns of a key.
   *
   * @param fields those of the row, by their fields
   */
  static RowShape key(Schema key, Optional<Map<String, SourceColumn>> fields) {
    List<SourceColumn> columns = new ArrayList<>();
    if (key.getType() == Schema.Type.RECORD) {
      for (Schema.Field field : key.getFields()) {
        SourceColumn own = column(field);
        SourceColumn ofRow = fields.map(known -> known.get(field.name())).orElse(null);
        columns.add(ofRow == null ? own : ofRow);
      }
    }
    return new RowShape(columns);
  }

  /** The values of a row, in the order of its columns; a list that holds nulls. */
  List<Object> values(GenericRecord after, Placeholder placeholder) {
    List<Object> values = new ArrayList<>(row.columns().size());
    for (int at = 0; at < row.columns().size(); at++) {
      Object avro = after.get(at);
      values.add(avro == null ? null : row.columns().get(at).reader().read(avro, placeholder));
    }
    return values;
  }
}
