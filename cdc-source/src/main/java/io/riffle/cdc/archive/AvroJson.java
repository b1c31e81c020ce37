package io.riffle.cdc.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Values of several parts as plain JSON, and back by their schema. */
final class AvroJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AvroJson() {}

  static JsonNode of(Schema schema, Object value) {
    Schema plain = AvroFields.plain(schema);
    if (value == null) {
      return NODES.nullNode();
    }
    return switch (plain.getType()) {
      case ARRAY -> array(plain, (List<?>) value);
      case MAP -> map(plain, (Map<?, ?>) value);
      case RECORD -> record((GenericRecord) value);
      case BYTES -> NODES.textNode(CellText.bytes((ByteBuffer) value));
      case INT, LONG -> NODES.numberNode(((Number) value).longValue());
      case FLOAT -> NODES.numberNode(((Number) value).floatValue());
      case DOUBLE -> NODES.numberNode(((Number) value).doubleValue());
      case BOOLEAN -> NODES.booleanNode((Boolean) value);
      default -> NODES.textNode(value.toString());
    };
  }

  static Object parse(Schema schema, JsonNode node) {
    Schema plain = AvroFields.plain(schema);
    if (node == null || node.isNull()) {
      return null;
    }
    return switch (plain.getType()) {
      case ARRAY -> items(plain, node);
      case MAP -> entries(plain, node);
      case RECORD -> fields(plain, node);
      case BYTES -> ByteBuffer.wrap(HexFormat.of().parseHex(node.textValue().substring(2)));
      case INT -> node.intValue();
      case LONG -> node.longValue();
      // JSON has no NaN: written as text
      case FLOAT -> Float.valueOf(node.asText());
      case DOUBLE -> Double.valueOf(node.asText());
      case BOOLEAN -> node.booleanValue();
      default -> node.textValue();
    };
  }

  private static JsonNode array(Schema schema, List<?> items) {
    ArrayNode array = NODES.arrayNode();
    items.forEach(item -> array.add(of(schema.getElementType(), item)));
    return array;
  }

  private static JsonNode map(Schema schema, Map<?, ?> entries) {
    ObjectNode object = NODES.objectNode();
    entries.forEach((key, value) -> object.set(key.toString(), of(schema.getValueType(), value)));
    return object;
  }

  private static JsonNode record(GenericRecord record) {
    ObjectNode object = NODES.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      object.set(field.name(), of(field.schema(), record.get(field.pos())));
    }
    return object;
  }

  private static List<Object> items(Schema schema, JsonNode array) {
    List<Object> items = new ArrayList<>();
    array.forEach(node -> items.add(parse(schema.getElementType(), node)));
    return items;
  }

  private static Map<String, Object> entries(Schema schema, JsonNode object) {
    Map<String, Object> entries = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            entry -> entries.put(entry.getKey(), parse(schema.getValueType(), entry.getValue())));
    return entries;
  }

  private static GenericRecord fields(Schema schema, JsonNode object) {
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), parse(field.schema(), object.get(field.name())));
    }
    return record;
  }
}
