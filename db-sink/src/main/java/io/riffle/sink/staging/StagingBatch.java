package io.riffle.sink.staging;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** The events of one captured table in a batch, in the order of their offsets. */
public final class StagingBatch {
  private final CapturedTable table;
  private final TopicPartition partition;
  private final List<Placed> events = new ArrayList<>();
  private int rejected;
  private long first = Long.MAX_VALUE;

  /**
   * An event.
   *
   * @param offset of the record; of a {@link StagedEvent.Move}, that of its second one
   */
  record Placed(StagedEvent event, long offset) {}

  public StagingBatch(CapturedTable table, TopicPartition partition) {
    this.table = table;
    this.partition = partition;
  }

  public void add(StagedEvent event, long offset) {
    first = Math.min(first, offset);
    events.add(new Placed(event, offset));
  }

  /**
   * One that cannot be written.
   *
   * @param told what it says all the same
   */
  public void addRejected(Optional<StagedEvent> told, long offset) {
    first = Math.min(first, offset);
    rejected++;
    told.ifPresent(event -> add(event, offset));
  }

  /** Nothing is written of the table for that reason. */
  HaltedTableException halted(String reason) {
    return new HaltedTableException(partition, first, reason);
  }

  /** When the source committed the first event that says it. */
  public Optional<Instant> committedAt() {
    return events.stream()
        .flatMap(placed -> placed.event().committedAt().stream())
        .findFirst()
        .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  public CapturedTable table() {
    return table;
  }

  TopicPartition partition() {
    return partition;
  }

  List<Placed> events() {
    return events;
  }

  int rejected() {
    return rejected;
  }
}
