package io.riffle.operations.replay;

import io.riffle.operations.replay.LedgerFile.Delivery;
import io.riffle.schemas.control.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The keys of the records that a file delivered, from the raw topic of its type. */
final class FileKeys {
  private static final Duration POLL = Duration.ofMillis(500);

  /** Clocks of database and brokers differ less. */
  private static final Duration SLACK = Duration.ofHours(1);

  private final ReplaySite site;
  private final RawOrigins origins;

  FileKeys(ReplaySite site) {
    this.site = site;
    this.origins = new RawOrigins(site.registry());
  }

  /**
   * Reads as much of the topic as may have records of the file.
   *
   * @throws ReplayException when not all that the file delivered are there any more
   */
  long[] of(LedgerFile file, List<Delivery> deliveries) {
    String topic = site.topics().rif(site.layouts().get(file.type()));
    Instant begin =
        deliveries.stream().map(Delivery::plannedAt).min(Instant::compareTo).orElseThrow();
    Look look = new Look(file.id(), deliveries);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      look.read(consumer, topic, Optional.of(begin.minus(SLACK)));
      if (!look.missing().isEmpty()) {
        look = new Look(file.id(), deliveries);
        look.read(consumer, topic, Optional.empty());
      }
    }
    if (!look.missing().isEmpty()) {
      throw new ReplayException(
          "%s: of the records that the file delivered %s are not on %s any more, so its keys are not known"
                  .formatted(file.s3Key(), String.join(", ", look.missing()), topic)
              + ". --file with --reingest has it read from S3 again; then it can be replayed");
    }
    return look.keys.stream().mapToLong(Long::longValue).toArray();
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(site.kafka());
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "riffle-cli");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** One reading of the topic. */
  private final class Look {
    private final long file;
    private final List<Delivery> deliveries;
    private final Map<Integer, Long> counts = new HashMap<>(); // by attempt
    private final Set<Long> keys = new HashSet<>();

    private Look(long file, List<Delivery> deliveries) {
      this.file = file;
      this.deliveries = deliveries;
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer, String topic, Optional<Instant> at) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      at.ifPresent(
          time -> {
            Map<TopicPartition, Long> from = TimeOffsets.at(site.kafka(), partitions, time);
            ends.forEach((one, end) -> consumer.seek(one, from.getOrDefault(one, end)));
          });
      while (!isRead(consumer, ends)) {
        consumer.poll(POLL).forEach(this::take);
      }
    }

    private boolean isRead(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
      return ends.entrySet().stream()
          .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
      Optional<Origin> origin = origins.of(record).filter(found -> found.file() == file);
      if (origin.isPresent()) {
        counts.merge(origin.get().attempt(), 1L, Long::sum);
        keys.add(Long.valueOf(new String(record.key(), StandardCharsets.US_ASCII)));
      }
    }

    /** Attempts that lack records, in words. */
    private List<String> missing() {
      return deliveries.stream()
          .filter(one -> counts.getOrDefault(one.attempt(), 0L) < one.records())
          .map(
              one ->
                  "%d of %d (attempt %d)"
                      .formatted(
                          one.records() - counts.getOrDefault(one.attempt(), 0L),
                          one.records(),
                          one.attempt()))
          .toList();
    }
  }
}
