package io.riffle.cdc.obfuscate;

import org.apache.kafka.connect.data.Struct;

/** What becomes of the values of one column. */
interface Change {
  /** For values that may leave as they are. */
  Change NONE = (value, row) -> value;

  /**
   * The value that leaves.
   *
   * @param value not null, not the placeholder
   * @param row the row as it came, for what depends on another column
   */
  Object apply(Object value, Struct row);
}
