package io.riffle.sink.staging;

import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.RejectReason;
import io.riffle.schemas.control.StagingSweep;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.Decoding;
import io.riffle.schemas.wire.Framing;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.WireReader;
import io.riffle.sink.staging.StagedEvent.Nothing;
import io.riffle.sink.staging.StagedEvent.Put;
import io.riffle.sink.staging.StagedEvent.Removal;
import io.riffle.sink.staging.StagedEvent.Seen;
import io.riffle.sink.staging.StagedEvent.Sweep;
import io.riffle.sink.staging.StagedEvent.Tombstone;
import io.riffle.sink.staging.StagedEvent.Truncation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Reads records of topics of change events: Debezium's envelopes, and Riffle's own markers among
 * them. One thread at a time.
 */
public final class EventReader {
  /** Headers that the source's connector adds: the epoch, and what stands for absent values. */
  public static final String EPOCH_HEADER = "riffle.epoch";

  public static final String PLACEHOLDER_HEADER = "riffle.placeholder";

  /** Debezium's headers of the two halves of a changed key. */
  public static final String NEW_KEY_HEADER = "__debezium.newkey";

  public static final String OLD_KEY_HEADER = "__debezium.oldkey";

  private static final String SWEEP =
      ControlCodec.NAMESPACE + "." + StagingSweep.class.getSimpleName();
  private static final String DEBEZIUM = "io.debezium.connector.";

  private final WireReader wire;
  private final Map<Integer, EventShape> shapes = new HashMap<>();
  private final Map<Long, RowShape> keys = new HashMap<>();
  private final Map<String, Placeholder> placeholders = new HashMap<>();

  /**
   * @param wire that takes records without Riffle's fingerprint
   */
  public EventReader(WireReader wire) {
    this.wire = wire;
  }

  /** What came of reading a record. */
  public sealed interface Reading {}

  /** An event. */
  public record Read(StagedEvent event) implements Reading {}

  /**
   * A record that is no event.
   *
   * @param column the column whose value cannot be told, where that is the reason
   * @param told what it says all the same
   */
  public record Unreadable(RejectReason reason, Optional<String> column, Optional<StagedEvent> told)
      implements Reading {}

  /**
   * Reads a record.
   *
   * @param key null or empty for a record without one
   * @param value null for a tombstone
   * @throws HaltedTableException when it is an event of an unknown kind
   * @throws io.riffle.schemas.registry.RegistryUnavailableException when a schema is not at hand
   *     and the registry is away
   */
  public Reading read(
      TopicPartition partition, long offset, byte[] key, byte[] value, Headers headers) {
    try {
      return value == null
          ? tombstone(key, headers)
          : read(new Place(partition, offset), key, value, headers);
    } catch (UnreadableValueException e) {
      return undecodable(e, Optional.empty()); // a value of the key
    } catch (ClassCastException | NumberFormatException e) {
      return undecodable(); // an envelope with fields of other types
    }
  }

  private record Place(TopicPartition partition, long offset) {
    HaltedTableException halt(String reason) {
      return new HaltedTableException(partition, offset, reason);
    }
  }

  private static Unreadable undecodable() {
    return new Unreadable(RejectReason.UNDECODABLE, Optional.empty(), Optional.empty());
  }

  private static Unreadable undecodable(UnreadableValueException e, Optional<StagedEvent> told) {
    return new Unreadable(RejectReason.UNDECODABLE, Optional.of(e.column()), told);
  }

  private static Unreadable keyMissing() {
    return new Unreadable(RejectReason.KEY_MISSING, Optional.empty(), Optional.empty());
  }

  private Reading tombstone(byte[] key, Headers headers) {
    if (isNone(key)) {
      return keyMissing();
    }
    return key(key, Optional.empty())
        .<Reading>map(read -> new Read(new Tombstone(epoch(headers), read)))
        .orElseGet(EventReader::undecodable);
  }

  private static boolean isNone(byte[] key) {
    return key == null || key.length == 0;
  }

  private Reading read(Place place, byte[] key, byte[] value, Headers headers) {
    if (!(wire.frame(value, headers) instanceof Framing.Framed framed)
        || !(AvroBytes.decode(framed.writer(), value) instanceof Decoding.Decoded decoded)) {
      return undecodable();
    }
    SchemaHandle writer = framed.writer();
    String name = writer.schema().getFullName();
    if (name.equals(SWEEP)) {
      return sweep(decoded.record());
    } else if (name.startsWith(ControlCodec.NAMESPACE + ".")) {
      throw place.halt("a record " + name + " is unknown to this build: update the db-sink");
    } else if (name.startsWith(DEBEZIUM)) {
      return new Read(new Nothing()); // heartbeats, ends of transactions, messages
    }
    EventShape shape =
        shapes.computeIfAbsent(writer.id(), added -> EventShape.of(writer).orElse(null));
    return shape == null ? undecodable() : event(place, shape, decoded.record(), key, headers);
  }

  private static Reading sweep(GenericRecord avro) {
    StagingSweep sweep = ControlCodec.of(StagingSweep.class).fromAvro(avro);
    EventVersion version = new EventVersion(sweep.epoch(), sweep.commit(), sweep.lsn(), -1);
    return new Read(new Sweep(version, sweep.time()));
  }

  private Reading event(
      Place place, EventShape shape, GenericRecord envelope, byte[] key, Headers headers) {
    String op = String.valueOf(envelope.get("op"));
    Optional<SourcePosition> position = SourcePosition.of(envelope);
    if (op.equals("m")) {
      return new Read(new Nothing());
    } else if (!List.of("c", "u", "d", "r", "t").contains(op)) {
      throw place.halt("a change event of the unknown kind \"" + op + "\": update the db-sink");
    } else if (position.isEmpty()) {
      return undecodable();
    }
    EventVersion version = position.get().version(epoch(headers), place.offset());
    long at = position.get().at();
    if (op.equals("t")) {
      return new Read(new Truncation(version, at));
    } else if (isNone(key)) {
      return keyMissing();
    }
    Optional<RowKey> rowKey = key(key, Optional.of(shape));
    if (rowKey.isEmpty()) {
      return undecodable();
    } else if (op.equals("d")) {
      boolean moves = headers.lastHeader(NEW_KEY_HEADER) != null;
      return new Read(new Removal(version, at, rowKey.get(), shape.row(), moves));
    } else if (envelope.get("after") instanceof GenericRecord after) {
      boolean read = op.equals("r");
      return put(version, at, rowKey.get(), shape, after, headers, read);
    }
    return undecodable();
  }

  /** A row with a value that cannot be told is there all the same. */
  private Reading put(
      EventVersion version,
      long at,
      RowKey key,
      EventShape shape,
      GenericRecord after,
      Headers headers,
      boolean read) {
    try {
      List<Object> values = shape.values(after, placeholder(headers));
      boolean moved = headers.lastHeader(OLD_KEY_HEADER) != null;
      return new Read(new Put(version, at, key, shape.row(), values, moved, read));
    } catch (UnreadableValueException e) {
      return undecodable(e, Optional.of(new Seen(version, key)));
    }
  }

  /** A key's schema says nothing of types in the source, but the row's does. */
  private Optional<RowKey> key(byte[] bytes, Optional<EventShape> shape) {
    if (!(wire.frame(bytes, new RecordHeaders()) instanceof Framing.Framed framed)
        || !(AvroBytes.decode(framed.writer(), bytes) instanceof Decoding.Decoded decoded)) {
      return Optional.empty();
    }
    SchemaHandle writer = framed.writer();
    long both = ((long) shape.map(EventShape::id).orElse(-1) << Integer.SIZE) | writer.id();
    RowShape columns =
        keys.computeIfAbsent(
            both, added -> EventShape.key(writer.schema(), shape.map(EventShape::fields)));
    List<String> texts = new ArrayList<>();
    for (int at = 0; at < columns.columns().size(); at++) {
      SourceColumn column = columns.columns().get(at);
      Object avro = decoded.record().get(at);
      if (avro == null || !(column.reader().read(avro, Placeholder.NONE) instanceof String text)) {
        return Optional.empty();
      }
      texts.add(text);
    }
    return texts.isEmpty() ? Optional.empty() : Optional.of(new RowKey(columns, texts));
  }

  private static int epoch(Headers headers) {
    return text(headers, EPOCH_HEADER).map(Integer::parseInt).orElse(0);
  }

  private Placeholder placeholder(Headers headers) {
    return text(headers, PLACEHOLDER_HEADER)
        .map(text -> placeholders.computeIfAbsent(text, Placeholder::new))
        .orElse(Placeholder.USUAL);
  }

  private static Optional<String> text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }
}
