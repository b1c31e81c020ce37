package io.riffle.producer.barrier;

import io.riffle.producer.kafka.ControlWriter;
import io.riffle.producer.kafka.ScannerTransactions;
import io.riffle.producer.ledger.DueBarriers;
import io.riffle.producer.ledger.FileAttempt;
import io.riffle.schemas.control.Progress.BarriersWritten;
import io.riffle.schemas.control.RifBarrier;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the barriers of a load, one to each partition of its type's topic, in one transaction. */
public final class BarrierWriter {

  private static final Logger log = LoggerFactory.getLogger(BarrierWriter.class);

  private final Layouts layouts;
  private final Topics topics;
  private final ControlWriter writer;
  private final ScannerTransactions transactions;

  public BarrierWriter(
      Layouts layouts, Topics topics, ControlWriter writer, ScannerTransactions transactions) {
    this.layouts = layouts;
    this.topics = topics;
    this.writer = writer;
    this.transactions = transactions;
  }

  void write(DueBarriers due) {
    String topic = topics.rif(layouts.get(due.type()));
    int partitions = transactions.partitions(topic);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      records.add(barrier(topic, due, partition, partitions));
    }
    BarriersWritten written = due.sums();
    records.add(writer.write(topics.progress(), written.key(), written));
    transactions.write(records);
    log.atInfo()
        .addKeyValue("file", due.load().file())
        .addKeyValue("attempt", due.load().attempt())
        .addKeyValue("records", due.records())
        .addKeyValue("rejected", due.rejected())
        .log("RIF file published");
  }

  private ProducerRecord<byte[], byte[]> barrier(
      String topic, DueBarriers due, int partition, int partitions) {
    FileAttempt load = due.load();
    long records = partition < due.published().size() ? due.published().get(partition) : 0;
    RifBarrier barrier =
        new RifBarrier(load.file(), load.attempt(), partition, partitions, records);
    String key =
        String.format(Locale.ROOT, "barrier/%d/%d/%d", load.file(), load.attempt(), partition);
    return writer.write(topic, partition, key.getBytes(StandardCharsets.UTF_8), barrier);
  }
}
