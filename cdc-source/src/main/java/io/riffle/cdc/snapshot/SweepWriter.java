package io.riffle.cdc.snapshot;

import io.riffle.cdc.connector.SourceTopics;
import io.riffle.cdc.ledger.TableSnapshot;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.StagingSweep;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.SchemaHandle;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Markers after the last row of a snapshot: what was not sent is gone in the source. */
public final class SweepWriter {
  private final SchemaRegistry registry;
  private final Topics topics;
  private final Clock clock;

  public SweepWriter(SchemaRegistry registry, Topics topics, Clock clock) {
    this.registry = registry;
    this.topics = topics;
    this.clock = clock;
  }

  /** The marker of a snapshot that has a position where it began. */
  public ProducerRecord<byte[], byte[]> record(TableSnapshot snapshot, long startLsn) {
    String topic = SourceTopics.of(topics, snapshot.source(), snapshot.table());
    GenericRecord sweep =
        ControlCodec.of(StagingSweep.class)
            .toAvro(
                new StagingSweep(
                    snapshot.source(),
                    snapshot.table().schema(),
                    snapshot.table().table(),
                    snapshot.epoch(),
                    startLsn,
                    startLsn,
                    ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant())));
    SchemaHandle handle =
        SchemaHandle.register(
            registry, topic + "-" + sweep.getSchema().getFullName(), sweep.getSchema());
    return new ProducerRecord<>(
        topic, null, (byte[]) null, AvroBytes.encode(handle, sweep), List.of(handle.header()));
  }
}
