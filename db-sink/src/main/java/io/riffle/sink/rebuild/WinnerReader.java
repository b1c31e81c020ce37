package io.riffle.sink.rebuild;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.Framing;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.WireFormat;
import io.riffle.schemas.wire.WireReader;
import io.riffle.schemas.wire.WireReader.WithoutFingerprint;
import io.riffle.sink.copy.AvroCursor;
import io.riffle.sink.copy.Bytes;
import io.riffle.sink.copy.CopyPlan;
import io.riffle.sink.copy.MalformedValueException;
import io.riffle.sink.copy.MergeHead;
import io.riffle.sink.copy.RowBlocks;
import io.riffle.sink.copy.RowVersion;
import io.riffle.sink.rebuild.RecordKinds.Kind;
import io.riffle.sink.record.Arrival;
import io.riffle.sink.record.Incoming;
import io.riffle.sink.record.IncomingReader;
import io.riffle.sink.record.Place;
import io.riffle.sink.record.SinkTopic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns records into rows at the end of blocks. One thread at a time. */
final class WinnerReader {
  private final SinkTopic topic;
  private final Layout layout;
  private final byte[] type;
  private final RecordKinds kinds;
  private final WireReader wire;
  private final IncomingReader incoming;
  private final Map<Integer, CopyPlan> plans = new HashMap<>();

  WinnerReader(SinkTopic topic, SchemaRegistry registry) {
    this.topic = topic;
    this.layout = topic.layout().orElseThrow();
    this.type = layout.type().getBytes(StandardCharsets.UTF_8);
    this.kinds = new RecordKinds(registry, layout);
    this.wire = new WireReader(registry, WithoutFingerprint.REJECT);
    this.incoming = new IncomingReader(registry);
  }

  /**
   * Appends a record's rows.
   *
   * @param instant of writing
   * @return false, with nothing appended, when the sink would reject the record
   */
  boolean append(
      ConsumerRecord<Long, ByteBuffer> record, long instant, RowBlocks rows, RecordFacts facts) {
    Integer schemaId = SharedValue.schemaId(record.value());
    return kinds.of(schemaId) == Kind.DELETE
        ? appendDelete(record, rows, facts)
        : appendPut(record, schemaId, instant, rows, facts);
  }

  private boolean appendPut(
      ConsumerRecord<Long, ByteBuffer> record,
      int schemaId,
      long instant,
      RowBlocks rows,
      RecordFacts facts) {
    if (!(wire.frame(schemaId, record.headers()) instanceof Framing.Framed framed)) {
      return false;
    }
    CopyPlan plan = plan(framed.writer());
    RowVersion version = new RowVersion(topic.generation(), record.offset());
    try {
      AvroCursor in = cursor(record.value());
      MergeHead head = plan.head(in);
      long key = plan.append(in, head, version, instant, record.key(), rows);
      facts.add(record.offset(), RecordFacts.hash(key, version, head.linesHash()), false);
      return true;
    } catch (MalformedValueException e) {
      return false;
    }
  }

  private CopyPlan plan(SchemaHandle writer) {
    return plans.computeIfAbsent(writer.id(), id -> CopyPlan.compile(layout, writer.schema()));
  }

  private static AvroCursor cursor(ByteBuffer value) {
    int start = value.arrayOffset() + value.position();
    return new AvroCursor(
        value.array(), start + WireFormat.PREFIX_LENGTH, start + value.remaining());
  }

  /** Deletes are few. */
  private boolean appendDelete(
      ConsumerRecord<Long, ByteBuffer> record, RowBlocks rows, RecordFacts facts) {
    byte[] value = new byte[record.value().remaining()];
    record.value().duplicate().get(value);
    Place place = new Place(topic, record.partition(), record.offset());
    Bytes key = Bytes.of(record.key().toString().getBytes(StandardCharsets.US_ASCII));
    Arrival arrival = new Arrival(place, key, Optional.of(Bytes.of(value)), record.headers());
    if (!(incoming.read(arrival) instanceof Incoming.Delete delete)) {
      return false;
    }
    rows.appendDelete(type, delete.key(), place.version());
    facts.add(record.offset(), RecordFacts.hash(delete.key(), place.version(), 0), true);
    return true;
  }
}
