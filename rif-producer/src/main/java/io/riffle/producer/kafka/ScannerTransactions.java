package io.riffle.producer.kafka;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * The one producer of the active scanner. Opening it fences every earlier one of the same id, and
 * ends what that one left open. Safe for use by several threads.
 */
public final class ScannerTransactions implements AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final String transactionalId;

  private ScannerTransactions(Producer<byte[], byte[]> producer, String transactionalId) {
    this.producer = producer;
    this.transactionalId = transactionalId;
  }

  /**
   * Takes over as the active scanner.
   *
   * @throws KafkaException when Kafka is away; no producer is left open
   */
  public static ScannerTransactions open(KafkaConfig config, String transactionalId) {
    Producer<byte[], byte[]> producer = config.openProducer(transactionalId);
    try {
      producer.initTransactions();
      return new ScannerTransactions(producer, transactionalId);
    } catch (RuntimeException e) {
      producer.close(CLOSE_TIMEOUT);
      throw e;
    }
  }

  /** Partitions of a topic. */
  public int partitions(String topic) {
    return producer.partitionsFor(topic).size();
  }

  /**
   * Writes all records or none.
   *
   * @throws FencedException if another scanner is active
   * @throws KafkaException when the outcome is unknown or nothing was written; only a new session,
   *     which reads the progress topic first, may go on
   */
  public synchronized void write(List<ProducerRecord<byte[], byte[]>> records) {
    try {
      producer.beginTransaction();
      records.forEach(this::send);
      producer.commitTransaction();
    } catch (ProducerFencedException e) {
      throw new FencedException(transactionalId, e);
    } catch (KafkaException e) {
      abort(e);
      throw e;
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }

  /** A send that fails fails the commit. */
  private void send(ProducerRecord<byte[], byte[]> record) {
    var unused = producer.send(record);
  }

  /** Tells a fenced producer from one whose transaction only took too long. */
  private void abort(KafkaException failure) {
    try {
      producer.abortTransaction();
    } catch (ProducerFencedException e) {
      throw new FencedException(transactionalId, e);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
    if (failure.getCause() instanceof ProducerFencedException) {
      throw new FencedException(transactionalId, failure);
    }
  }
}
