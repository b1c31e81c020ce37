package io.riffle.sink.staging;

import java.util.List;

/**
 * The columns that a schema of change events has. There is one object for each schema, and it is
 * equal to itself only.
 */
final class RowShape {
  private final List<SourceColumn> columns;

  RowShape(List<SourceColumn> columns) {
    this.columns = List.copyOf(columns);
  }

  /** In the source's order. */
  List<SourceColumn> columns() {
    return columns;
  }
}
