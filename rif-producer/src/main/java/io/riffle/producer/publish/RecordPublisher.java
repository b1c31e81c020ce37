package io.riffle.producer.publish;

import io.riffle.producer.kafka.ControlWriter;
import io.riffle.producer.rif.EncodedValue;
import io.riffle.producer.rif.RecordPosition;
import io.riffle.producer.rif.RecordReceiver;
import io.riffle.producer.rif.RejectedRecord;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Redriven;
import io.riffle.schemas.control.Reject;
import io.riffle.schemas.control.RifDelete;
import io.riffle.schemas.control.Split;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends the records of one split within the producer's open transaction. A send that fails fails
 * the commit.
 */
final class RecordPublisher implements RecordReceiver {

  /** Where things go. */
  record Target(String rawTopic, String rejectsTopic, SchemaHandle schema) {}

  private final Producer<byte[], byte[]> producer;
  private final ControlWriter control;
  private final Split split;
  private final Target target;
  private final PublishedCounts counts;

  RecordPublisher(
      Producer<byte[], byte[]> producer, ControlWriter control, Split split, Target target) {
    this.producer = producer;
    this.control = control;
    this.split = split;
    this.target = target;
    this.counts = new PublishedCounts(producer.partitionsFor(target.rawTopic()).size());
  }

  PublishedCounts counts() {
    return counts;
  }

  @Override
  public void accepted(byte[] key, EncodedValue value, RecordPosition position) {
    byte[] framed = value.copyWithRoom(WireFormat.PREFIX_LENGTH);
    target.schema().writePrefix(framed, 0);
    int partition = counts.count(key);
    sendData(
        new ProducerRecord<>(
            target.rawTopic(), partition, key, framed, List.of(target.schema().header())));
  }

  @Override
  public void deleted(byte[] key, Origin origin) {
    RifDelete delete = new RifDelete(origin, new String(key, StandardCharsets.UTF_8));
    sendData(control.write(target.rawTopic(), counts.count(key), key, delete));
  }

  @Override
  public void rejected(RejectedRecord record) {
    long number = record.position().number();
    String key = String.format(Locale.ROOT, "%d/%d/%d", split.file(), split.attempt(), number);
    // The partition puts rejects before the barriers of the file, which have the same partitions.
    int partition = Math.floorMod(number, counts.partitions());
    send(
        control.write(
            target.rejectsTopic(),
            partition,
            key.getBytes(StandardCharsets.UTF_8),
            reject(record)));
  }

  private Reject reject(RejectedRecord record) {
    return new Reject(
        Optional.of(split.file()),
        split.attempt(),
        split.type(),
        Reject.Stage.PRODUCER,
        record.position().number(),
        record.position().line(),
        Math.toIntExact(record.position().rows()),
        record.at(),
        record.column(),
        record.reason().name(),
        Optional.empty(),
        -1,
        -1,
        record.raw(),
        Optional.of(record.bytes()),
        Optional.empty());
  }

  private void sendData(ProducerRecord<byte[], byte[]> record) {
    if (split.redrive().isPresent()) {
      record.headers().add(Redriven.header());
    }
    send(record);
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    var unused = producer.send(record);
  }
}
