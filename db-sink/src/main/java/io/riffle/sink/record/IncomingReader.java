package io.riffle.sink.record;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.MergedBarrier;
import io.riffle.schemas.control.MergedDelete;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Parked;
import io.riffle.schemas.control.Reject;
import io.riffle.schemas.control.RejectReason;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.registry.RegistryUnavailableException;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.Decoding;
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
import io.riffle.sink.copy.MergedRow;
import io.riffle.sink.copy.UnknownLayoutException;
import io.riffle.sink.staging.EventReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/**
 * Reads what arrives, by the full name of its schema. Merged rows are copied without an object per
 * field; control records, which are few, go through their codecs. One thread at a time.
 */
public final class IncomingReader {
  private final WireReader wire;
  private final EventReader events;
  private final Map<Integer, CopyPlan> plans = new HashMap<>();

  public IncomingReader(SchemaRegistry registry) {
    this.wire = new WireReader(registry, WithoutFingerprint.REJECT);
    this.events = new EventReader(new WireReader(registry, WithoutFingerprint.ACCEPT));
  }

  /**
   * Reads one record; what cannot be read comes back as {@link Incoming.Bad}.
   *
   * @throws RegistryUnavailableException when the schema is not at hand and the registry is away
   * @throws UnknownLayoutException when a schema of Riffle's has what this build does not know
   * @throws io.riffle.sink.staging.HaltedTableException when a change event is of an unknown kind
   */
  public Incoming read(Arrival arrival) {
    if (arrival.place().topic().captured().isPresent()) {
      return readChange(arrival);
    }
    Framing framing = wire.frame(arrival.value().map(Bytes::array).orElse(null), arrival.headers());
    if (framing instanceof Framing.Framed framed) {
      return read(arrival, framed.writer());
    }
    return bad(arrival, Optional.empty());
  }

  private Incoming readChange(Arrival arrival) {
    Place place = arrival.place();
    EventReader.Reading reading =
        events.read(
            place.topicPartition(),
            place.offset(),
            arrival.key().array(),
            arrival.value().map(Bytes::array).orElse(null),
            arrival.headers());
    if (reading instanceof EventReader.Read read) {
      return new Incoming.Change(place, read.event(), arrival.raw());
    }
    EventReader.Unreadable unreadable = (EventReader.Unreadable) reading;
    Blamed blamed = new Blamed(unreadable.column(), Optional.empty());
    String reason = unreadable.reason().name();
    return new Incoming.Bad(
        place, Optional.empty(), reason, blamed, arrival.raw(), unreadable.told());
  }

  private Incoming read(Arrival arrival, SchemaHandle writer) {
    Place place = arrival.place();
    Optional<Layout> layout = place.topic().layout();
    CopyPlan known = plans.get(writer.id());
    if (known != null && layout.isPresent() && known.isOf(layout.get())) {
      return readPut(arrival, known);
    }
    String name = writer.schema().getFullName();
    if (layout.isPresent() && name.equals(mergedName(layout.get()))) {
      CopyPlan plan = CopyPlan.compile(layout.get(), writer.schema());
      plans.put(writer.id(), plan);
      return readPut(arrival, plan);
    } else if (isControl(name, MergedDelete.class) && layout.isPresent()) {
      return readDelete(arrival, writer, layout.get());
    } else if (isControl(name, MergedBarrier.class)) {
      return control(arrival, writer, MergedBarrier.class)
          .<Incoming>map(barrier -> new Incoming.Barrier(place, barrier, arrival.raw()))
          .orElseGet(() -> bad(arrival, Optional.empty()));
    } else if (isControl(name, Parked.class)) {
      return control(arrival, writer, Parked.class)
          .<Incoming>map(parked -> new Incoming.ParkedChange(place, parked, arrival.raw()))
          .orElseGet(() -> bad(arrival, Optional.empty()));
    } else if (isControl(name, Reject.class)) {
      return control(arrival, writer, Reject.class)
          .<Incoming>map(reject -> new Incoming.RejectReport(place, reject, arrival.raw()))
          .orElseGet(() -> bad(arrival, Optional.empty()));
    }
    if (isRiffles(name)) {
      throw new UnknownLayoutException(
          "topic " + place.topic().name() + " holds a record " + name + ", unknown to this build");
    }
    return bad(arrival, Optional.empty());
  }

  private static String mergedName(Layout layout) {
    return RecordSchemas.MERGED_NAMESPACE + "." + RecordSchemas.recordName(layout);
  }

  /** Then a newer Riffle wrote it, and it must not be passed over; what others wrote is rubbish. */
  private static boolean isRiffles(String name) {
    return name.startsWith(RecordSchemas.MERGED_NAMESPACE + ".")
        || name.startsWith(ControlCodec.NAMESPACE + ".");
  }

  private static boolean isControl(String name, Class<?> type) {
    return name.equals(ControlCodec.NAMESPACE + "." + type.getSimpleName());
  }

  private static Incoming readPut(Arrival arrival, CopyPlan plan) {
    AvroCursor in = new AvroCursor(arrival.raw().array(), WireFormat.PREFIX_LENGTH);
    MergeHead head = null;
    try {
      head = plan.head(in);
      MergedRow row = plan.rows(in, head, arrival.place().version());
      if (isKey(arrival.key(), row.key())) {
        return new Incoming.Put(
            arrival.place(), plan.layout(), head.origin(), head.linesHash(), row, arrival.raw());
      }
    } catch (MalformedValueException e) {
      // A bad record is a value: its origin, when it was read, tells the file.
    }
    return bad(arrival, Optional.ofNullable(head).map(MergeHead::origin));
  }

  private Incoming readDelete(Arrival arrival, SchemaHandle writer, Layout layout) {
    Optional<MergedDelete> delete = control(arrival, writer, MergedDelete.class);
    Optional<Long> key = delete.flatMap(read -> number(read.key()));
    if (key.isPresent() && isKey(arrival.key(), key.get())) {
      return new Incoming.Delete(
          arrival.place(), layout, delete.get().origin(), key.get(), arrival.raw());
    }
    return bad(arrival, delete.map(MergedDelete::origin));
  }

  /** The version of a row is its offset, which orders the records of one key only. */
  private static boolean isKey(Bytes recordKey, long key) {
    byte[] text = recordKey.array();
    long rest = key;
    int at = text.length;
    do {
      long digit = Math.abs(rest % 10);
      if (--at < 0 || text[at] != '0' + digit) {
        return false;
      }
      rest /= 10;
    } while (rest != 0);
    return key < 0 ? at == 1 && text[0] == '-' : at == 0;
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static <T extends Record> Optional<T> control(
      Arrival arrival, SchemaHandle writer, Class<T> type) {
    if (AvroBytes.decode(writer, arrival.raw().array()) instanceof Decoding.Decoded decoded) {
      return fromAvro(type, decoded.record());
    }
    return Optional.empty();
  }

  private static <T extends Record> Optional<T> fromAvro(Class<T> type, GenericRecord avro) {
    try {
      return Optional.of(ControlCodec.of(type).fromAvro(avro));
    } catch (RuntimeException e) {
      // Fields that are missing or of other types; what exactly would quote values.
      return Optional.empty();
    }
  }

  private static Incoming bad(Arrival arrival, Optional<Origin> origin) {
    return new Incoming.Bad(
        arrival.place(), origin, RejectReason.UNDECODABLE.name(), Blamed.NOTHING, arrival.raw());
  }
}
