package io.riffle.sink.staging;

import io.riffle.failure.Classified;
import io.riffle.failure.Failure;
import io.riffle.failure.Neighbour;
import org.apache.kafka.common.TopicPartition;

/**
 * An event, and all behind it on its partition, cannot be written before an operator has done
 * something. Other tables go on.
 */
public final class HaltedTableException extends RuntimeException implements Classified {
  private static final long serialVersionUID = 1L;

  private final transient TopicPartition partition;
  private final long offset;
  private final transient Failure failure;

  /**
   * @param reason says what is wrong and what remedies it; no values
   */
  public HaltedTableException(TopicPartition partition, long offset, String reason) {
    super(reason);
    this.partition = partition;
    this.offset = offset;
    this.failure =
        Failure.of(Neighbour.RIFFLE, "STAGING", partition + "@" + offset + ": " + reason);
  }

  public TopicPartition partition() {
    return partition;
  }

  /** Of the first event that is not written. */
  public long offset() {
    return offset;
  }

  @Override
  public Failure failure() {
    return failure;
  }
}
