package io.riffle.sink.staging;

import java.util.List;

/**
 * The key of an event.
 *
 * @param shape the columns of the key
 * @param texts their values, in this order; none null
 */
record RowKey(RowShape shape, List<String> texts) {
  RowKey {
    texts = List.copyOf(texts);
  }

  /** Keys are values of rows. */
  @Override
  public String toString() {
    return "RowKey";
  }
}
