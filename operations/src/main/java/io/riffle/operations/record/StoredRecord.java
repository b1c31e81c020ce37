package io.riffle.operations.record;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the database has of a key, all as of one moment.
 *
 * @param rows by row, then by column, values as text; empty when there is no such record
 * @param version of the record's own row
 * @param deleted when it was deleted instead
 * @param parked where what waits for the key was told last, if anything waits
 * @param sinks how far the sink has read the merged partition
 */
public record StoredRecord(
    SortedMap<RowId, Map<String, Optional<String>>> rows,
    Optional<RowVersion> version,
    Optional<Deleted> deleted,
    Optional<ParkedPlace> parked,
    List<SinkPosition> sinks) {

  public StoredRecord {
    rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    sinks = List.copyOf(sinks);
  }

  /**
   * Which merged record wrote the row, and when.
   *
   * @param lastUpdated of the database transaction
   */
  public record RowVersion(int generation, long offset, Optional<Instant> lastUpdated) {}

  /** Which merged record deleted the key, and when. */
  public record Deleted(int generation, long offset, Instant at) {}

  /**
   * The record on the parked topic that the table's row is of.
   *
   * @param whole whether the key itself is missing, not just some of its lines
   */
  public record ParkedPlace(
      int generation, int partition, long offset, boolean whole, Instant at) {}

  /**
   * Where a connector stands.
   *
   * @param next the offset that it reads next
   */
  public record SinkPosition(String connector, long next) {}

  /** Values are health data. */
  @Override
  public String toString() {
    return "StoredRecord[" + rows.size() + " rows]";
  }
}
