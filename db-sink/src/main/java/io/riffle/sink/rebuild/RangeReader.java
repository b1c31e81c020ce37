package io.riffle.sink.rebuild;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads ranges of partitions, one after the other. One thread. */
final class RangeReader<K, V> implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  private final KafkaConsumer<K, V> consumer;

  RangeReader(KafkaConsumer<K, V> consumer) {
    this.consumer = consumer;
  }

  /** Takes what is read. */
  interface Receiver<K, V> {
    void take(ConsumerRecord<K, V> record);

    /** Everything before an offset was taken; called after some thousand records. */
    void reached(long next);
  }

  /**
   * Reads a range to its end.
   *
   * @throws RebuildException when the brokers give nothing for a minute
   */
  void read(TopicPartition partition, long from, long to, Receiver<K, V> receiver) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    long position = from;
    long lastMove = System.nanoTime();
    while (position < to) {
      ConsumerRecords<K, V> polled = consumer.poll(POLL);
      for (ConsumerRecord<K, V> record : polled.records(partition)) {
        if (record.offset() < to) {
          receiver.take(record);
        }
      }
      long next = consumer.position(partition);
      if (next > position) {
        lastMove = System.nanoTime();
        receiver.reached(Math.min(next, to));
      } else if (System.nanoTime() - lastMove > MergedTopic.PATIENCE.toNanos()) {
        throw new RebuildException(
            "the brokers give no records of " + partition + " from offset " + position);
      }
      position = next;
    }
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
