package io.riffle.sink.write;

import io.riffle.sink.copy.RowVersion;
import io.riffle.sink.record.Incoming.Put;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the database has of the keys of a batch, as it was when it was asked.
 *
 * @param rows the rows there are, by key
 * @param tombstones versions of the deletes that are remembered, by key
 * @param strays keys that have children and no row
 */
record Present(Map<Long, Row> rows, Map<Long, RowVersion> tombstones, Set<Long> strays) {
  /** A row's version and the hash of its children; 0 for types without. */
  record Row(RowVersion version, long childrenHash) {}

  Present() {
    this(new HashMap<>(), new HashMap<>(), new HashSet<>());
  }

  /** Those of the keys that have no row. */
  long[] absent(long[] keys) {
    return Arrays.stream(keys).filter(key -> !rows.containsKey(key)).toArray();
  }

  boolean hasRow(Put put) {
    return rows.containsKey(put.key());
  }

  /** Whether the row, or its removal, is too new for the record. */
  boolean refuses(Put put, Guard guard) {
    Row row = rows.get(put.key());
    RowVersion tombstone = tombstones.get(put.key());
    return (row != null && guard.refuses(compare(row.version(), put)))
        || (tombstone != null && guard.refuses(compare(tombstone, put)));
  }

  /** Whether the row is of this very record. */
  boolean isSame(Put put) {
    Row row = rows.get(put.key());
    return row != null && compare(row.version(), put) == 0;
  }

  private static int compare(RowVersion present, Put put) {
    return present.compareTo(put.place().version());
  }

  boolean isStray(Put put) {
    return strays.contains(put.key());
  }

  /** Whether the row's children are those of the record, as far as their hash tells. */
  boolean hasChildrenOf(Put put) {
    Row row = rows.get(put.key());
    return row != null && row.childrenHash() == put.linesHash();
  }
}
