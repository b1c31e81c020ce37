package io.riffle.sink.copy;

import java.util.List;
import java.util.OptionalLong;

/**
 * A merged record as COPY rows.
 *
 * @param key value of the layout's key column
 * @param person value of the person column, or the key of types that have persons as keys
 * @param header one row of the header table; its last 8 bytes are for the instant of writing, in
 *     microseconds since 2000-01-01
 * @param children the rows of each child table, one after the other: lines or a person's months,
 *     then former identities, as far as the type has them
 */
public record MergedRow(long key, OptionalLong person, Bytes header, List<Bytes> children) {
  /** Bytes of all rows. */
  public int length() {
    int length = header.length();
    for (Bytes rows : children) {
      length += rows.length();
    }
    return length;
  }

  /** Without key and person. */
  @Override
  public String toString() {
    return "MergedRow[" + header + ", " + children + "]";
  }
}
