package io.riffle.operations.generation;

import io.riffle.operations.replay.PlannedRange;
import io.riffle.operations.replay.ReplayException;
import io.riffle.operations.replay.ReplaySite;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.MergedDelete;
import io.riffle.schemas.control.Parked;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.registry.Compatibility;
import io.riffle.schemas.topics.Topics;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.Decoding.Decoded;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.WireReader;
import io.riffle.schemas.wire.WireReader.WithoutFingerprint;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Writes, for a type whose raw records are not all there, the records that its newest merged
 * records and what waits are made of. Those that the raw topic still has were copied before; what
 * comes twice counts once. One thread.
 */
final class RemainsCopy {
  private static final String BARRIER = "barrier/";

  private final ReplaySite site;
  private final Kafka kafka;
  private final RawCopy copy;
  private final Layout layout;
  private final String target;
  private final StateRecords records;
  private final WireReader wire;
  private final IdentityHashMap<Schema, SchemaHandle> handles = new IdentityHashMap<>();

  RemainsCopy(ReplaySite site, Topics next, Kafka kafka, RawCopy copy, Layout layout)
      throws SQLException {
    this.site = site;
    this.kafka = kafka;
    this.copy = copy;
    this.layout = layout;
    this.target = next.rif(layout);
    this.records = new StateRecords(layout, new FilesByVersion(site.database()));
    this.wire = new WireReader(site.registry(), WithoutFingerprint.REJECT);
  }

  /** Everything that is left of the type; told now and then that it gets on. */
  void run(RawCopy.Listener listener) throws SQLException {
    for (PlannedRange partition : whole(site.topics().merged(layout))) {
      try (TopicReading reading = new TopicReading(site.kafka(), Optional.empty())) {
        merged(reading, List.of(partition), listener);
      }
    }
    parked(listener);
  }

  private List<PlannedRange> whole(String topic) {
    return Ranges.whole(kafka, kafka.partitions(List.of(topic)));
  }

  private void merged(TopicReading reading, List<PlannedRange> partition, RawCopy.Listener listener)
      throws SQLException {
    Map<String, Long> newest = new HashMap<>();
    reading.read(
        partition,
        reading.positions(partition, false),
        (found, next) -> {
          found.stream()
              .filter(RemainsCopy::isData)
              .forEach(record -> newest.put(key(record), record.offset()));
          listener.copied(0);
        });
    reading.read(
        partition,
        reading.positions(partition, false),
        (found, next) -> {
          copy.write(
              target,
              found.stream()
                  .filter(RemainsCopy::isData)
                  .filter(record -> newest.get(key(record)) == record.offset())
                  .flatMap(this::ofMerged)
                  .toList());
          listener.copied(0);
        });
  }

  private static boolean isData(ConsumerRecord<byte[], byte[]> record) {
    return record.key() != null && !key(record).startsWith(BARRIER);
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }

  private Stream<RawCopy.Value> ofMerged(ConsumerRecord<byte[], byte[]> record) {
    GenericRecord avro = decoded(record);
    ControlCodec<MergedDelete> deletes = ControlCodec.of(MergedDelete.class);
    if (avro.hasField(RecordSchemas.MERGE)) {
      return values(key(record), records.ofRow(avro));
    } else if (avro.getSchema().getFullName().equals(deletes.schema().getFullName())) {
      return values(
          key(record), List.of(records.delete(deletes.fromAvro(avro).deleted(), key(record))));
    }
    throw unreadable(record);
  }

  /** The newest record of each key tells all that waits for it. */
  private void parked(RawCopy.Listener listener) throws SQLException {
    String prefix = layout.type() + "|";
    Map<String, ConsumerRecord<byte[], byte[]>> newest = new HashMap<>();
    List<PlannedRange> ranges = whole(site.topics().parked());
    try (TopicReading reading = new TopicReading(site.kafka(), Optional.empty())) {
      reading.read(
          ranges,
          reading.positions(ranges, false),
          (found, next) -> {
            found.stream()
                .filter(record -> record.key() != null && key(record).startsWith(prefix))
                .forEach(record -> newest.put(key(record), record));
            listener.copied(0);
          });
    }
    List<RawCopy.Value> values = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : newest.values()) {
      Parked parked = ControlCodec.of(Parked.class).fromAvro(decoded(record));
      values(parked.key(), records.ofParked(parked)).forEach(values::add);
    }
    copy.write(target, values);
  }

  private GenericRecord decoded(ConsumerRecord<byte[], byte[]> record) {
    if (wire.decode(record.value(), record.headers()) instanceof Decoded decoded) {
      return decoded.record();
    }
    throw unreadable(record);
  }

  private static ReplayException unreadable(ConsumerRecord<byte[], byte[]> record) {
    return new ReplayException(
        "%s, partition %d, offset %d cannot be read"
            .formatted(record.topic(), record.partition(), record.offset()));
  }

  private Stream<RawCopy.Value> values(String key, List<GenericRecord> raw) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return raw.stream()
        .map(
            one -> {
              SchemaHandle handle = handle(one.getSchema());
              return new RawCopy.Value(bytes, AvroBytes.encode(handle, one), handle.header());
            });
  }

  /** As rif-producer registers them. */
  private SchemaHandle handle(Schema schema) {
    return handles.computeIfAbsent(
        schema,
        added -> {
          String subject = target + "-" + added.getFullName();
          if (added.getName().equals(RecordSchemas.recordName(layout) + "Merge")) {
            site.registry().setCompatibility(subject, Compatibility.NONE);
          }
          return SchemaHandle.register(site.registry(), subject, added);
        });
  }
}
