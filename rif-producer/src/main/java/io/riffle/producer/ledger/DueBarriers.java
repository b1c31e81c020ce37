package io.riffle.producer.ledger;

import io.riffle.schemas.control.Progress.BarriersWritten;
import java.util.List;

/**
 * A load whose splits are all on the raw topic: the sums over its splits.
 *
 * @param type the base type
 * @param rows rows of accepted records
 * @param rejectedRows rows of rejected records
 * @param records accepted records
 * @param rejected rejected records
 * @param published accepted records per partition; empty for a file without splits
 */
public record DueBarriers(
    FileAttempt load,
    String type,
    long rows,
    long rejectedRows,
    long records,
    long rejected,
    List<Long> published) {

  /** What the progress topic is told with the barriers. */
  public BarriersWritten sums() {
    return new BarriersWritten(load.file(), load.attempt(), rows, rejectedRows, records, rejected);
  }
}
