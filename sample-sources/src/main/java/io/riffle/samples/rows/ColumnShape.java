package io.riffle.samples.rows;

import java.util.List;

/**
 * A column.
 *
 * @param name as the catalog has it
 * @param quoted as SQL wants it
 * @param type with length, precision and scale, such as {@code numeric(12,2)}
 * @param labels of an enum; empty for other types
 * @param keyPosition place in the primary key from 0, or -1
 * @param external whether its values are kept apart from their rows, where they are long
 */
public record ColumnShape(
    String name,
    String quoted,
    String type,
    List<String> labels,
    boolean notNull,
    int keyPosition,
    boolean external) {

  public ColumnShape {
    labels = List.copyOf(labels);
  }

  public boolean isKey() {
    return keyPosition >= 0;
  }

  /** The type without length, precision and scale. */
  String baseType() {
    int bracket = type.indexOf('(');
    return bracket < 0 ? type : type.substring(0, bracket);
  }

  boolean isWholeNumber() {
    return type.equals("bigint") || type.equals("integer") || type.equals("smallint");
  }
}
