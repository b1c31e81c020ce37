package io.riffle.bench.data;

import java.util.Map;
import java.util.Optional;

/**
 * What one round loads.
 *
 * @param before what has to be there first: the persons whose former identities are loaded
 * @param merge the backfill of what {@code full} loads
 * @param rows that each table of the type has after {@code full}, and after {@code merge} too
 */
public record RoundData(
    Optional<DataSet> before, DataSet full, Optional<DataSet> merge, Map<String, Long> rows) {

  public RoundData {
    rows = Map.copyOf(rows);
  }

  /** Of all tables of the type. */
  public long tableRows() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }
}
