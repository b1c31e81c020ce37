package io.riffle.infra.replay;

import io.riffle.infra.replay.LedgerFile.Delivery;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.RifDelete;
import io.riffle.schemas.wire.Framing;
import io.riffle.schemas.wire.WireFormat;
import io.riffle.schemas.wire.WireReader;
import io.riffle.schemas.wire.WireReader.WithoutFingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
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
  private final WireReader wire;

  FileKeys(ReplaySite site) {
    this.site = site;
    this.wire = new WireReader(site.registry(), WithoutFingerprint.REJECT);
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
      Optional<Origin> origin = origin(record).filter(found -> found.file() == file);
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

  /** Of a data record; it is the first field, and the rest need not be read. */
  private Optional<Origin> origin(ConsumerRecord<byte[], byte[]> record) {
    if (wire.frame(record.value(), record.headers()) instanceof Framing.Framed framed) {
      Schema schema = framed.writer().schema();
      return isData(schema) ? first(schema, record.value()) : Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean isData(Schema schema) {
    return schema.getFullName().startsWith(RecordSchemas.RIF_NAMESPACE + ".")
        || schema.getFullName().equals(ControlCodec.of(RifDelete.class).schema().getFullName());
  }

  private static Optional<Origin> first(Schema schema, byte[] value) {
    Schema origin = schema.getFields().get(0).schema();
    int start = WireFormat.PREFIX_LENGTH;
    try {
      GenericRecord read =
          new GenericDatumReader<GenericRecord>(origin)
              .read(
                  null,
                  DecoderFactory.get().binaryDecoder(value, start, value.length - start, null));
      return Optional.of(ControlCodec.of(Origin.class).fromAvro(read));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // no record of a file's
    }
  }
}
