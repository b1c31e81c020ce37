package io.riffle.sink;

import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.sink.offsets.AdminTopicLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;

/** A task that reads a real broker, in the test's own thread. */
final class LiveSink extends TaskContext implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final RiffleSinkTask task;

  LiveSink(Map<String, String> properties, SchemaRegistry registry, List<TopicPartition> reads) {
    super(properties);
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                properties.get("kafka.bootstrap.servers"),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.task = new RiffleSinkTask(config -> registry, config -> new AdminTopicLog(config.kafka()));
    task.initialize(this);
    task.start(properties);
    consumer.assign(reads);
    consumer.seekToBeginning(reads);
    task.open(reads);
  }

  @Override
  void poll() {
    rewinds.forEach(consumer::seek);
    rewinds.clear();
    List<SinkRecord> records = new ArrayList<>();
    consumer.poll(Duration.ofMillis(20)).forEach(record -> records.add(sinkRecord(record)));
    task.put(records);
  }

  /** Rounds until the database has everything. */
  void drain() {
    pollUntilDrained();
  }

  @Override
  boolean isDrained() {
    Map<TopicPartition, OffsetAndMetadata> written = task.preCommit(Map.of());
    return consumer.endOffsets(consumer.assignment()).entrySet().stream()
        .allMatch(
            end ->
                written.containsKey(end.getKey())
                    && written.get(end.getKey()).offset() >= end.getValue());
  }

  private static SinkRecord sinkRecord(ConsumerRecord<byte[], byte[]> record) {
    ConnectHeaders headers = new ConnectHeaders();
    record.headers().forEach(header -> headers.addBytes(header.key(), header.value()));
    return new SinkRecord(
        record.topic(),
        record.partition(),
        Schema.OPTIONAL_BYTES_SCHEMA,
        record.key(),
        Schema.OPTIONAL_BYTES_SCHEMA,
        record.value(),
        record.offset(),
        record.timestamp(),
        TimestampType.CREATE_TIME,
        headers);
  }

  @Override
  public void close() {
    task.stop();
    consumer.close();
  }

  @Override
  public Set<TopicPartition> assignment() {
    return consumer.assignment();
  }

  @Override
  public void pause(TopicPartition... partitions) {
    consumer.pause(List.of(partitions));
  }

  @Override
  public void resume(TopicPartition... partitions) {
    consumer.resume(List.of(partitions));
  }
}
