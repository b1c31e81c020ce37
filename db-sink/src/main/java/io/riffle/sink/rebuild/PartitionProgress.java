package io.riffle.sink.rebuild;

import java.util.List;
import java.util.Optional;

/**
 * How far a partition is.
 *
 * @param winners offsets of the last good records of their keys; absent until they are found
 * @param todo those of them that are to be copied in this round
 * @param loaded where the copying of this round goes on
 * @param bad offsets of records that cannot be written
 * @param judged how many of them were known when the winners were looked for
 * @param copied what was copied
 * @param verified whether the tables were held against that; the sink's later rows may follow
 */
record PartitionProgress(
    TopicRange range,
    Optional<OffsetSet> winners,
    Optional<OffsetSet> todo,
    long loaded,
    List<Long> bad,
    int judged,
    TableSums copied,
    boolean verified) {

  PartitionProgress {
    bad = List.copyOf(bad);
  }

  boolean isScanned() {
    return winners.isPresent() && judged == bad.size();
  }

  /** Whether every winner was there to be copied. */
  boolean isWhole() {
    return winners.orElseThrow().size() == copiedRecords();
  }

  long copiedRecords() {
    return copied.rows(0) + copied.rows(copied.tables() - 1);
  }

  boolean isLoaded() {
    return isScanned() && loaded == range.to();
  }
}
