package io.riffle.cdc.obfuscate;

import java.util.Optional;

/** A column of the source, written {@code schema.table.column}. */
public record ColumnName(String schema, String table, String column) {

  /** Reads the written form; empty for any other text. The column may have dots in its name. */
  public static Optional<ColumnName> parse(String text) {
    String[] parts = text.split("\\.", 3);
    boolean whole = parts.length == 3 && !parts[1].isEmpty() && !parts[2].isEmpty();
    return whole ? Optional.of(new ColumnName(parts[0], parts[1], parts[2])) : Optional.empty();
  }

  @Override
  public String toString() {
    return schema + "." + table + "." + column;
  }
}
