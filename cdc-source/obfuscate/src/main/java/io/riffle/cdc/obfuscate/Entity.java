package io.riffle.cdc.obfuscate;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Whose row it is: the value of a column, or of the key's columns. */
final class Entity {
  private final Schema rowSchema;
  private final List<String> keys;

  /**
   * Of rows of this schema.
   *
   * @param keys columns of the key; empty where there is none
   */
  Entity(Schema rowSchema, List<String> keys) {
    this.rowSchema = rowSchema;
    this.keys = keys.stream().filter(key -> rowSchema.field(key) != null).toList();
  }

  boolean has(String column) {
    return rowSchema.field(column) != null;
  }

  /**
   * A text that is the same for the same entity.
   *
   * @param by the column that tells; where it is null, or none is given, the key tells
   * @param value tells where there is no key
   */
  String of(Optional<String> by, Object value, Struct row) {
    return by.map(row::get)
        .map(Entity::text)
        .orElseGet(() -> keys.isEmpty() ? text(value) : key(row));
  }

  private String key(Struct row) {
    return keys.stream().map(key -> text(row.get(key))).collect(Collectors.joining("\0"));
  }

  private static String text(Object value) {
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return HexFormat.of().formatHex(bytes);
    }
    return String.valueOf(value);
  }
}
