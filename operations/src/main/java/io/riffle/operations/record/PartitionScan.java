package io.riffle.operations.record;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks for the records of a key from the end of a partition backwards, chunk by chunk, as far as a
 * budget reaches: the newest records matter most. What it saw has no holes.
 */
final class PartitionScan {
  static final long FIRST_CHUNK = 20_000;

  private static final long LARGEST_CHUNK = 200_000;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration NEWS = Duration.ofSeconds(2);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final byte[] key;
  private final long firstChunk;
  private final Consumer<String> progress;
  private final List<List<ConsumerRecord<byte[], byte[]>>> found = new ArrayList<>();
  private long bytes;
  private long next;
  private Optional<Instant> since = Optional.empty();
  private Instant told = Instant.now();

  /**
   * @param firstChunk offsets to begin with; later chunks follow from what these took
   */
  PartitionScan(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition partition,
      byte[] key,
      long firstChunk,
      Consumer<String> progress) {
    this.consumer = consumer;
    this.partition = partition;
    this.key = key.clone();
    this.firstChunk = firstChunk;
    this.progress = progress;
  }

  /** What a scan saw, and the key's records in it by ascending offset. */
  record Scanned(Window window, List<ConsumerRecord<byte[], byte[]>> records) {}

  /** A part of the partition: its records of the key, and the time of its first record. */
  private record Chunk(List<ConsumerRecord<byte[], byte[]>> records, Optional<Instant> since) {}

  /**
   * Looks back to an offset, or to the oldest record that there is.
   *
   * @param floor nothing before it is wanted
   */
  Scanned scan(long floor, ScanBudget budget) {
    List<TopicPartition> one = List.of(partition);
    consumer.assign(one);
    long oldest = Math.max(floor, consumer.beginningOffsets(one).get(partition));
    long end = consumer.endOffsets(one).get(partition);
    next = end;
    Instant deadline = Instant.now().plus(budget.time());
    while (next > oldest && bytes < budget.bytes() && Instant.now().isBefore(deadline)) {
      long from = Math.max(oldest, next - chunk(end - next, budget));
      Optional<Chunk> chunk = read(from, deadline);
      if (chunk.isEmpty()) {
        break;
      }
      found.add(chunk.get().records());
      since = chunk.get().since().or(() -> since);
      next = from;
    }
    return scanned(oldest, end);
  }

  private Scanned scanned(long oldest, long end) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Collections.reverse(found);
    found.forEach(records::addAll);
    Window window = new Window(partition.topic(), partition.partition(), oldest, next, end, since);
    return new Scanned(window, records);
  }

  /** How many offsets to read next: as many as are left of the budget, by what they took so far. */
  private long chunk(long seen, ScanBudget budget) {
    if (seen == 0) {
      return firstChunk;
    }
    long each = Math.max(1, bytes / seen);
    return Math.max(1, Math.min(LARGEST_CHUNK, (budget.bytes() - bytes) / each));
  }

  /** The records from an offset to where the last chunk began; empty when time was up before. */
  private Optional<Chunk> read(long from, Instant deadline) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Optional<Instant> first = Optional.empty();
    consumer.seek(partition, from);
    Instant lastMove = Instant.now();
    long position = from;
    while (position < next) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
        if (record.offset() < next) {
          first = first.or(() -> Optional.of(Instant.ofEpochMilli(record.timestamp())));
          take(record, records);
        }
      }
      Instant now = Instant.now();
      long moved = consumer.position(partition);
      lastMove = moved > position ? now : lastMove;
      position = moved;
      if (now.isAfter(deadline)) {
        return position < next ? Optional.empty() : Optional.of(new Chunk(records, first));
      }
      LogReader.requireAlive(Duration.between(lastMove, now).compareTo(SILENCE) < 0);
      tell(now);
    }
    return Optional.of(new Chunk(records, first));
  }

  private void take(
      ConsumerRecord<byte[], byte[]> record, List<ConsumerRecord<byte[], byte[]>> records) {
    bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    if (Arrays.equals(record.key(), key)) {
      records.add(record);
    }
  }

  private void tell(Instant now) {
    if (Duration.between(told, now).compareTo(NEWS) >= 0) {
      told = now;
      String back = since.map(time -> ", back to " + time).orElse("");
      progress.accept(
          String.format(
              Locale.ROOT,
              "reading %s, partition %d: %d MiB so far%s",
              partition.topic(),
              partition.partition(),
              bytes >> 20,
              back));
    }
  }
}
