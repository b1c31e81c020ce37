package io.riffle.sink;

import io.riffle.schemas.wire.WireFormat;
import io.riffle.sink.offsets.LogFacts;
import io.riffle.sink.offsets.LogUnavailableException;
import io.riffle.sink.offsets.TopicLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;

/** A log in memory: what the brokers would hold and say. */
final class TestLog implements TopicLog {
  private final Map<TopicPartition, TreeMap<Long, SinkRecord>> records = new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Map<TopicPartition, Long> starts = new HashMap<>();
  private final Map<String, UUID> ids = new HashMap<>();
  private int partitions = 4;
  private boolean away;

  long add(TopicPartition partition, String key, Encoder.Value value) {
    return add(
        partition,
        key.getBytes(StandardCharsets.UTF_8),
        value.bytes(),
        value.writer().header().value());
  }

  long add(TopicPartition partition, byte[] key, byte[] value, byte[] fingerprint) {
    ConnectHeaders headers = new ConnectHeaders();
    headers.addBytes(WireFormat.FINGERPRINT_HEADER, fingerprint);
    return add(partition, key, value, headers);
  }

  long add(TopicPartition partition, byte[] key, byte[] value, ConnectHeaders headers) {
    long offset = end(partition);
    SinkRecord record =
        new SinkRecord(
            partition.topic(),
            partition.partition(),
            Schema.OPTIONAL_BYTES_SCHEMA,
            key,
            Schema.OPTIONAL_BYTES_SCHEMA,
            value,
            offset,
            0L,
            TimestampType.CREATE_TIME,
            headers);
    records.computeIfAbsent(partition, added -> new TreeMap<>()).put(offset, record);
    ends.put(partition, offset + 1);
    return offset;
  }

  /** An offset without a record, as transaction markers have. */
  void skip(TopicPartition partition) {
    ends.put(partition, end(partition) + 1);
  }

  long end(TopicPartition partition) {
    return ends.getOrDefault(partition, 0L);
  }

  /** Offset behind the last record: where the sink gets to. */
  long endOfRecords(TopicPartition partition) {
    TreeMap<Long, SinkRecord> found = records.get(partition);
    return found == null ? 0 : found.lastKey() + 1;
  }

  void removeBefore(TopicPartition partition, long start) {
    starts.put(partition, start);
    records.get(partition).headMap(start).clear();
  }

  void recreate(String topic) {
    ids.put(topic, UUID.randomUUID());
  }

  /** The topic has the id that a broker gave to one of its name. */
  void id(String topic, UUID id) {
    ids.put(topic, id);
  }

  void partitions(int count) {
    partitions = count;
  }

  void cut(TopicPartition partition, long end) {
    records.get(partition).tailMap(end).clear();
    ends.put(partition, end);
  }

  void away(boolean isAway) {
    away = isAway;
  }

  List<SinkRecord> from(TopicPartition partition, long offset, int atMost) {
    TreeMap<Long, SinkRecord> found = records.get(partition);
    return found == null
        ? List.of()
        : new ArrayList<>(found.tailMap(offset).values().stream().limit(atMost).toList());
  }

  @Override
  public Map<TopicPartition, LogFacts> facts(Collection<TopicPartition> asked) {
    if (away) {
      throw new LogUnavailableException("taken away by the test", null);
    }
    Map<TopicPartition, LogFacts> facts = new HashMap<>();
    for (TopicPartition partition : asked) {
      UUID id = ids.computeIfAbsent(partition.topic(), topic -> UUID.randomUUID());
      long start = starts.getOrDefault(partition, 0L);
      facts.put(partition, new LogFacts(id, partitions, start, end(partition)));
    }
    return facts;
  }

  @Override
  public void close() {}
}
