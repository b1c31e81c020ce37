package io.riffle.operations.record;

import java.util.Optional;

/**
 * A row of {@code riffle.rejects}.
 *
 * @param record number within the file; 0 when not known
 * @param line of the file; 0 when not known
 */
public record KeyReject(
    long id,
    String stage,
    String reason,
    String status,
    Optional<Long> file,
    int attempt,
    long record,
    long line,
    String topic,
    int partition,
    long offset) {

  /** Whether merge-processor refused this delivery of a record. */
  boolean isOf(Delivery delivery, int ofPartition) {
    boolean here =
        topic.equals(delivery.topic()) && partition == ofPartition && offset == delivery.offset();
    return stage.equals("MERGE") && (here || isRecord(delivery));
  }

  private boolean isRecord(Delivery delivery) {
    return delivery
        .origin()
        .filter(origin -> file.equals(Optional.of(origin.file())))
        .filter(origin -> origin.attempt() == attempt && origin.version().record() == record)
        .isPresent();
  }
}
