package io.riffle.merge.record;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.RejectReason;
import io.riffle.schemas.control.RifBarrier;
import io.riffle.schemas.control.RifDelete;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.registry.RegistryUnavailableException;
import io.riffle.schemas.wire.Framing;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.WireFormat;
import io.riffle.schemas.wire.WireReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.Headers;

/**
 * Tells what the values on the raw topic of a type are. A bad value is an answer, not an exception.
 * For one thread.
 */
public final class RawReader {
  private static final Schema ORIGIN = ControlCodec.of(Origin.class).schema();
  private static final Schema DELETE = ControlCodec.of(RifDelete.class).schema();
  private static final Schema BARRIER = ControlCodec.of(RifBarrier.class).schema();

  private final WireReader wire;
  private final TypeColumns columns;
  private final String fullName;
  private final boolean joins;
  private final Map<Integer, Kind> kinds = new HashMap<>();

  /**
   * A reader of the raw topic of {@code layout}.
   *
   * @param columns those of the same type, or of the one that it joins
   */
  public RawReader(WireReader wire, TypeColumns columns, Layout layout) {
    this.wire = wire;
    this.columns = columns;
    this.fullName = RecordSchemas.RIF_NAMESPACE + "." + RecordSchemas.recordName(layout);
    this.joins = layout.joins().isPresent();
  }

  /** What a schema's values are. */
  private interface Kind {
    Arrival read(AvroInput in, byte[] value);
  }

  /**
   * Reads a value.
   *
   * @param value null is a bad value
   * @throws RegistryUnavailableException if the schema is not at hand and the registry is away
   */
  public Arrival read(byte[] value, Headers headers) {
    if (!(wire.frame(value, headers) instanceof Framing.Framed framed)) {
      return bad(RejectReason.UNDECODABLE);
    }
    Kind kind = kinds.get(framed.writer().id());
    if (kind == null) {
      kind = kindOf(framed.writer());
      kinds.put(framed.writer().id(), kind);
    }
    try {
      return kind.read(new AvroInput(value, WireFormat.PREFIX_LENGTH), value);
    } catch (MalformedException e) {
      return bad(e.reason());
    }
  }

  private Kind kindOf(SchemaHandle writer) {
    Schema schema = writer.schema();
    String name = schema.getFullName();
    if (schema.equals(BARRIER)) {
      return RawReader::barrier;
    } else if (joins) {
      return name.equals(fullName) ? historyKind(schema) : RawReader::unknown;
    } else if (schema.equals(DELETE)) {
      return RawReader::delete;
    } else if (name.equals(fullName) || name.equals(fullName + "Merge")) {
      return rowKind(schema, name.equals(fullName));
    }
    return RawReader::unknown;
  }

  private static boolean lacksOrigin(Schema schema) {
    return !schema.getFields().get(0).schema().equals(ORIGIN);
  }

  private Kind historyKind(Schema schema) {
    if (lacksOrigin(schema)) {
      return RawReader::unknown;
    }
    try {
      HistoryPlan plan = HistoryPlan.compile(schema, columns);
      return (in, value) -> history(in, plan);
    } catch (IllegalArgumentException e) {
      return RawReader::unfit;
    }
  }

  private Kind rowKind(Schema schema, boolean full) {
    if (lacksOrigin(schema)) {
      return RawReader::unknown;
    }
    try {
      RowPlan plan = RowPlan.compile(schema, columns);
      return plan.misses(full) ? RawReader::unfit : (in, value) -> row(in, value, plan, full);
    } catch (IllegalArgumentException e) {
      return RawReader::unfit;
    }
  }

  private static Arrival row(AvroInput in, byte[] value, RowPlan plan, boolean full) {
    At at = At.read(in);
    try {
      RowScan row = plan.scan(value, in.position());
      return full ? new Arrival.Full(at, plan, row) : new Arrival.Patch(at, plan, row);
    } catch (MalformedException e) {
      return new Arrival.Bad(e.reason(), Optional.of(at.origin()));
    }
  }

  private static Arrival history(AvroInput in, HistoryPlan plan) {
    At at = At.read(in);
    try {
      return new Arrival.History(at, plan.read(in));
    } catch (MalformedException e) {
      return new Arrival.Bad(e.reason(), Optional.of(at.origin()));
    }
  }

  private static Arrival delete(AvroInput in, byte[] value) {
    At at = At.read(in);
    in.skipBytes();
    return new Arrival.Delete(at);
  }

  private static Arrival barrier(AvroInput in, byte[] value) {
    return new Arrival.Barrier(
        new RifBarrier(in.readLong(), in.readInt(), in.readInt(), in.readInt(), in.readLong()));
  }

  /** A row whose schema does not fit the layout still says where it came from. */
  private static Arrival unfit(AvroInput in, byte[] value) {
    return new Arrival.Bad(RejectReason.UNDECODABLE, Optional.of(At.read(in).origin()));
  }

  private static Arrival unknown(AvroInput in, byte[] value) {
    return bad(RejectReason.UNDECODABLE);
  }

  private static Arrival bad(RejectReason reason) {
    return new Arrival.Bad(reason, Optional.empty());
  }
}
