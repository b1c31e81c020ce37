package io.riffle.sink.staging;

import java.util.List;

/**
 * The type that a source's column has there, before it is found in, or made for, the target
 * database.
 */
sealed interface TypeSpec {

  /** One that every Postgres has. */
  record BuiltIn(ColumnType type) implements TypeSpec {}

  /** One of an extension, such as {@code citext}. */
  record OfExtension(String name, boolean array) implements TypeSpec {}

  /**
   * An enum of the source.
   *
   * @param labels those that the source told of, in its order
   */
  record OfLabels(String name, List<String> labels, boolean array) implements TypeSpec {
    public OfLabels {
      labels = List.copyOf(labels);
    }
  }
}
