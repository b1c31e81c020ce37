package io.riffle.sink.copy;

import java.util.OptionalLong;

/**
 * A merged record as COPY rows.
 *
 * @param key value of the layout's key column
 * @param person value of the person column, or the key of types that have persons as keys
 * @param header one row of the header table
 * @param lines the rows of the line table, one after the other; empty without lines
 */
public record MergedRow(long key, OptionalLong person, Bytes header, Bytes lines) {
  /** Without key and person. */
  @Override
  public String toString() {
    return "MergedRow[" + header + ", " + lines + "]";
  }
}
