package io.riffle.sink.staging;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** The events of one captured table in a batch, in the order of their offsets. */
public final class StagingBatch {
  private final CapturedTable table;
  private final TopicPartition partition;
  private final List<Placed> events = new ArrayList<>();
  private int rejected;

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
    events.add(new Placed(event, offset));
  }

  /** One that cannot be written. */
  public void addRejected() {
    rejected++;
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
