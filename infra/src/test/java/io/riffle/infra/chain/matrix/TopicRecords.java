package io.riffle.infra.chain.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.riffle.infra.chain.Chain;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Reads and writes the raw and the merged topic of PDE beside Riffle's own programs. */
public final class TopicRecords implements AutoCloseable {

  private static final Layout PDE = Chain.LAYOUTS.get("PDE");

  private final Topics topics = new Topics("main");
  private final Map<String, Object> servers;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Poison poison;

  public TopicRecords(Chain chain) {
    this.servers = Map.of("bootstrap.servers", chain.stack().endpoints().bootstrapServers());
    this.producer =
        new KafkaProducer<>(servers, new ByteArraySerializer(), new ByteArraySerializer());
    this.poison = new Poison(chain);
  }

  /**
   * A record that was written.
   *
   * @param value as it stands there; empty for null
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Written(TopicStep step, TopicPartition partition, long offset, byte[] value) {}

  Written write(TopicStep step) throws InterruptedException, ExecutionException {
    String name = step.merged() ? RecordSchemas.MERGED_NAMESPACE : RecordSchemas.RIF_NAMESPACE;
    ConsumerRecord<byte[], byte[]> good =
        all(topic(step.merged())).stream()
            .filter(record -> poison.isOf(record, name + "." + RecordSchemas.recordName(PDE)))
            .findFirst()
            .orElseThrow();
    return write(step, good, poison.value(step.value(), good));
  }

  /** Writes records of a key once more, in the order given by the steps. */
  List<Written> replay(long key, List<TopicStep> steps)
      throws InterruptedException, ExecutionException {
    List<ConsumerRecord<byte[], byte[]>> records = ofKey(key);
    List<Written> written = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      written.add(write(steps.get(i), records.get(i), records.get(i).value()));
    }
    return written;
  }

  /** Raw records of a key, in their order. */
  public List<ConsumerRecord<byte[], byte[]>> ofKey(long key) {
    byte[] text = Long.toString(key).getBytes(UTF_8);
    return all(topic(false)).stream().filter(record -> Arrays.equals(record.key(), text)).toList();
  }

  /** Writes another value where a record stands, with its key and headers. */
  public void append(ConsumerRecord<byte[], byte[]> like, byte[] value)
      throws InterruptedException, ExecutionException {
    producer
        .send(
            new ProducerRecord<>(
                like.topic(), like.partition(), null, like.key(), value, like.headers()))
        .get();
  }

  private Written write(TopicStep step, ConsumerRecord<byte[], byte[]> like, byte[] value)
      throws InterruptedException, ExecutionException {
    RecordMetadata at =
        producer
            .send(
                new ProducerRecord<>(
                    like.topic(),
                    like.partition(),
                    step.timestamp().toEpochMilli(),
                    like.key(),
                    value,
                    poison.headers(step.value(), like)))
            .get();
    return new Written(
        step,
        new TopicPartition(at.topic(), at.partition()),
        at.offset(),
        value == null ? new byte[0] : value);
  }

  private String topic(boolean merged) {
    return merged ? topics.merged(PDE) : topics.rif(PDE);
  }

  private List<ConsumerRecord<byte[], byte[]>> all(String topic) {
    Map<String, Object> config = new HashMap<>(servers);
    config.put("isolation.level", "read_committed");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  @Override
  public void close() {
    producer.close();
  }
}
