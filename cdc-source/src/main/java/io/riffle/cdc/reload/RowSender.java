package io.riffle.cdc.reload;

import java.sql.SQLException;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Rows in transactions that readers need not wait for long. */
final class RowSender {
  private static final int MOST_ROWS = 20_000;
  private static final Duration LONGEST = Duration.ofSeconds(4);

  private final Producer<byte[], byte[]> producer;
  private final TableReload.Progress progress;
  private long all;
  private int open;
  private long until;

  RowSender(Producer<byte[], byte[]> producer, TableReload.Progress progress) {
    this.producer = producer;
    this.progress = progress;
  }

  void send(ProducerRecord<byte[], byte[]> record) throws SQLException {
    if (open == 0) {
      producer.beginTransaction();
      until = System.nanoTime() + LONGEST.toNanos();
    }
    var unused = producer.send(record);
    open++;
    if (open == MOST_ROWS || System.nanoTime() - until > 0) {
      commit();
    }
  }

  /**
   * Sends what is left.
   *
   * @return the number of all rows
   */
  long end() throws SQLException {
    if (open > 0) {
      commit();
    }
    return all;
  }

  private void commit() throws SQLException {
    producer.commitTransaction();
    progress.sent(open);
    all += open;
    open = 0;
  }
}
