package io.riffle.merge.topology;

import io.riffle.merge.record.Arrival;
import io.riffle.merge.record.Encoded;
import io.riffle.merge.record.RawReader;
import io.riffle.schemas.control.MergedBarrier;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Redriven;
import io.riffle.schemas.control.RejectReason;
import io.riffle.schemas.control.RifBarrier;
import io.riffle.schemas.layout.Layout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges the records of one partition of a type into the keys of the same type, or of the one that
 * it joins. What it emits goes out in the order of what came in, so a barrier stands behind
 * everything that stood before it.
 */
final class TypeMerge implements Processor<byte[], byte[], byte[], Outgoing> {
  private static final Logger log = LoggerFactory.getLogger(TypeMerge.class);

  private final Layout layout;
  private final TypeSchemas schemas;
  private final TypeNames names;
  private final int maxRecordBytes;
  private final String type;
  private ProcessorContext<byte[], Outgoing> context;
  private RawReader reader;
  private KeyMerge merge;
  private KeyValueStore<byte[], byte[]> keys;
  private AttemptTotals totals;

  TypeMerge(Layout layout, TypeSchemas schemas, TypeNames names, int maxRecordBytes) {
    this.layout = layout;
    this.schemas = schemas;
    this.names = names;
    this.maxRecordBytes = maxRecordBytes;
    this.type = layout.type();
  }

  @Override
  public void init(ProcessorContext<byte[], Outgoing> processorContext) {
    context = processorContext;
    reader = schemas.reader(layout);
    merge = schemas.keyMerge();
    keys = context.getStateStore(names.keys());
    totals = new AttemptTotals(context.getStateStore(names.totals()));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Arrival arrival = reader.read(record.value(), record.headers());
    if (record.key() == null) {
      reject(record, RejectReason.KEY_MISSING, Optional.empty());
    } else if (arrival instanceof Arrival.Data data) {
      take(record, data);
    } else if (arrival instanceof Arrival.Barrier barrier) {
      forward(record, barrier.barrier());
    } else if (arrival instanceof Arrival.Bad bad) {
      reject(record, bad.reason(), bad.origin());
    }
  }

  private void take(Record<byte[], byte[]> record, Arrival.Data data) {
    Origin origin = data.at().origin();
    String key = new String(record.key(), StandardCharsets.UTF_8);
    byte[] stored = keys.get(record.key());
    KeyMerge.Step step = merge.take(key, stored, data, Redriven.marks(record.headers()));
    if (step.longest() > maxRecordBytes) {
      reject(record, RejectReason.RECORD_TOO_LARGE, Optional.of(origin));
      return;
    }
    if (!Arrays.equals(stored, step.state())) {
      keys.put(record.key(), step.state());
    }
    totals.count(origin, step.outcome(), step.repeated());
    step.merged().ifPresent(value -> send(record, record.key(), value, names.merged()));
    step.parked().ifPresent(value -> send(record, parkedKey(key), value, names.parked()));
  }

  /** One record tells all that waits for a key, of whichever type. */
  private byte[] parkedKey(String key) {
    return (schemas.columns().layout().type() + "|" + key).getBytes(StandardCharsets.UTF_8);
  }

  private void forward(Record<byte[], byte[]> record, RifBarrier barrier) {
    MergedBarrier merged = totals.close(barrier, record.timestamp()).on(barrier, type);
    TypeSchemas.Barriers writers = schemas.barriers();
    send(record, record.key(), writers.merged().write(merged), names.merged());
    send(record, record.key(), writers.parked().write(merged), names.parked());
    send(record, record.key(), writers.rejects().write(merged), names.rejects());
    log.atDebug()
        .addKeyValue("type", type)
        .addKeyValue("file", barrier.file())
        .addKeyValue("attempt", barrier.attempt())
        .addKeyValue("partition", partition())
        .addKeyValue("expected", merged.expected())
        .addKeyValue("seen", merged.seen())
        .log("Barrier forwarded");
  }

  private void reject(Record<byte[], byte[]> record, RejectReason reason, Optional<Origin> origin) {
    RecordMetadata at = context.recordMetadata().orElseThrow();
    origin.ifPresent(totals::countRejected);
    Rejection rejection = new Rejection(reason, origin, at);
    Encoded value = schemas.rejects().write(rejection.toReject(type, record.value()));
    send(record, rejection.key().getBytes(StandardCharsets.UTF_8), value, names.rejects());
    log.atWarn()
        .addKeyValue("topic", at.topic())
        .addKeyValue("partition", at.partition())
        .addKeyValue("offset", at.offset())
        .addKeyValue("reason", reason)
        .log("Record rejected");
  }

  private void send(Record<byte[], byte[]> cause, byte[] key, Encoded value, String sink) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(value.schema().header());
    Outgoing outgoing = new Outgoing(partition(), value.value());
    context.forward(new Record<>(key, outgoing, cause.timestamp(), headers), sink);
  }

  private int partition() {
    return context.taskId().partition();
  }
}
