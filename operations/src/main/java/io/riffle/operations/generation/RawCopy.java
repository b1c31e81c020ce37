package io.riffle.operations.generation;

import io.riffle.operations.replay.PlannedRange;
import io.riffle.operations.replay.RawOrigins;
import io.riffle.operations.replay.ReplaySite;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.RifBarrier;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.topics.TopicPlan;
import io.riffle.schemas.topics.Topics;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.SchemaHandle;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Copies raw records to the topics of the next generation, records of a key in their order, as
 * bytes. How far it is goes out in the transactions of the records, so that a copy that was killed
 * goes on without a record twice. Barriers stay behind: their files are closed. One thread.
 */
final class RawCopy implements AutoCloseable {
  private static final Duration TRANSACTION = Duration.ofMinutes(1);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final int BATCH_BYTES = 256 * 1024;
  private static final int LINGER_MILLIS = 20;

  /** No file of the ledger has it. */
  private static final long NO_FILE = 0;

  private final ReplaySite site;
  private final Topics next;
  private final KafkaProducer<byte[], byte[]> producer;
  private final TopicReading reading;
  private final RawOrigins origins;
  private final Map<String, Integer> partitions = new HashMap<>();

  /** Opens it; another copy to the same generation cannot go on then. */
  RawCopy(ReplaySite site, Topics next) {
    this.site = site;
    this.next = next;
    this.origins = new RawOrigins(site.registry());
    this.producer =
        new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
    this.producer.initTransactions();
    this.reading = new TopicReading(site.kafka(), Optional.of(group(next)));
  }

  /** The group whose offsets tell how far the copy to a generation is. */
  static String group(Topics next) {
    return next.mergeApplicationId() + "-fill";
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(site.kafka());
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group(next));
    settings.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(TRANSACTION.toMillis()));
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicPlan.MAX_MESSAGE_BYTES + 64 * 1024);
    return settings;
  }

  /** Told how many offsets are behind the copy. */
  interface Listener {
    void copied(long offsets) throws SQLException;
  }

  /** Copies a type's records, or what is left of them. */
  void copy(Layout layout, List<PlannedRange> ranges, Listener listener) throws SQLException {
    Map<TopicPartition, Long> at = reading.positions(ranges, true);
    long before = 0;
    for (PlannedRange range : ranges) {
      before += at.get(TopicReading.partition(range)) - range.from();
    }
    listener.copied(before);
    Map<TopicPartition, Long> behind = new HashMap<>(at);
    reading.read(
        ranges,
        at,
        (records, positions) -> {
          commit(layout, records, positions);
          long moved = 0;
          for (Map.Entry<TopicPartition, Long> position : positions.entrySet()) {
            moved += position.getValue() - behind.put(position.getKey(), position.getValue());
          }
          listener.copied(moved);
        });
  }

  private void commit(
      Layout layout,
      List<ConsumerRecord<byte[], byte[]>> records,
      Map<TopicPartition, Long> positions) {
    String topic = next.rif(layout);
    producer.beginTransaction();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (!origins.isBarrier(record)) {
        send(topic, record);
      }
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    positions.forEach((partition, at) -> offsets.put(partition, new OffsetAndMetadata(at)));
    producer.sendOffsetsToTransaction(offsets, reading.consumer().groupMetadata());
    producer.commitTransaction();
  }

  /** A record that is made here. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Value(byte[] key, byte[] value, Header schema) {}

  /** Writes records that no raw topic has, in one transaction. */
  void write(String topic, List<Value> values) {
    if (values.isEmpty()) {
      return;
    }
    producer.beginTransaction();
    for (Value value : values) {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  topic,
                  partition(topic, value.key()),
                  value.key(),
                  value.value(),
                  List.of(value.schema())));
    }
    producer.commitTransaction();
  }

  /** A send that fails fails the commit. */
  private void send(String topic, ConsumerRecord<byte[], byte[]> record) {
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic,
                partition(topic, record.key()),
                record.key(),
                record.value(),
                record.headers()));
  }

  /** What has no key is rejected by the merge wherever it stands. */
  private int partition(String topic, byte[] key) {
    int all = partitions(topic);
    return key == null ? 0 : Utils.toPositive(Utils.murmur2(key)) % all;
  }

  private int partitions(String topic) {
    return partitions.computeIfAbsent(topic, name -> producer.partitionsFor(name).size());
  }

  /**
   * Ends each partition of the new raw topics with a barrier, in one transaction: who has taken it
   * has taken everything.
   */
  void end(long replay) {
    producer.beginTransaction();
    for (Layout layout : site.layouts().all()) {
      String topic = next.rif(layout);
      SchemaHandle schema =
          SchemaHandle.register(
              site.registry(),
              topic + "-" + ControlCodec.of(RifBarrier.class).schema().getFullName(),
              ControlCodec.of(RifBarrier.class).schema());
      for (int partition = 0; partition < partitions(topic); partition++) {
        sendBarrier(topic, partition, replay, schema);
      }
    }
    producer.commitTransaction();
  }

  private void sendBarrier(String topic, int partition, long replay, SchemaHandle schema) {
    int attempt = Math.toIntExact(replay);
    RifBarrier barrier = new RifBarrier(NO_FILE, attempt, partition, partitions(topic), 0);
    byte[] key =
        ("barrier/" + NO_FILE + "/" + attempt + "/" + partition).getBytes(StandardCharsets.UTF_8);
    byte[] value = AvroBytes.encode(schema, ControlCodec.of(RifBarrier.class).toAvro(barrier));
    var unused =
        producer.send(new ProducerRecord<>(topic, partition, key, value, List.of(schema.header())));
  }

  @Override
  public void close() {
    reading.close();
    producer.close(CLOSE);
  }
}
