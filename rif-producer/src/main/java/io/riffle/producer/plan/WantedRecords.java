package io.riffle.producer.plan;

import io.riffle.producer.rif.PlannedSplit;
import io.riffle.schemas.control.Split.Redrive;
import java.util.List;
import java.util.NavigableSet;

/**
 * The records of a file that a redrive publishes.
 *
 * @param redrive the request
 * @param numbers of the records within the file, from 1
 */
record WantedRecords(long redrive, NavigableSet<Long> numbers) {

  /** The splits that have any of them. */
  List<PlannedSplit> splits(List<PlannedSplit> all) {
    return all.stream().filter(split -> !in(split).records().isEmpty()).toList();
  }

  /** Those of one split. */
  Redrive in(PlannedSplit split) {
    long behind = split.firstRecord() + split.records();
    return new Redrive(
        redrive, List.copyOf(numbers.subSet(split.firstRecord(), true, behind, false)));
  }
}
