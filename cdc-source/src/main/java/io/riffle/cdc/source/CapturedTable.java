package io.riffle.cdc.source;

import java.util.List;

/**
 * A table that can be captured.
 *
 * @param key columns of its primary key or replica identity; none: it is reloaded as a whole
 * @param generated columns that the source computes: they are not captured
 * @param rows the server's estimate, 0 where it has none
 */
public record CapturedTable(TableName name, List<String> key, List<String> generated, long rows) {
  public CapturedTable {
    key = List.copyOf(key);
    generated = List.copyOf(generated);
  }

  public boolean hasKey() {
    return !key.isEmpty();
  }
}
