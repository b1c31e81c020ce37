package io.riffle.operations.replay;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.RifBarrier;
import io.riffle.schemas.control.RifDelete;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.Framing;
import io.riffle.schemas.wire.WireFormat;
import io.riffle.schemas.wire.WireReader;
import io.riffle.schemas.wire.WireReader.WithoutFingerprint;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells which file a raw record is of, without reading the rest of it. For one thread. */
public final class RawOrigins {
  private static final String DELETE = ControlCodec.of(RifDelete.class).schema().getFullName();
  private static final String BARRIER = ControlCodec.of(RifBarrier.class).schema().getFullName();

  private final WireReader wire;
  private final Map<Integer, Optional<GenericDatumReader<GenericRecord>>> readers = new HashMap<>();
  private BinaryDecoder decoder;

  public RawOrigins(SchemaRegistry registry) {
    this.wire = new WireReader(registry, WithoutFingerprint.REJECT);
  }

  /** Of a data record; empty for a barrier, and for what cannot be read. */
  public Optional<Origin> of(ConsumerRecord<byte[], byte[]> record) {
    if (wire.frame(record.value(), record.headers()) instanceof Framing.Framed framed) {
      return readers
          .computeIfAbsent(framed.writer().id(), id -> reader(framed.writer().schema()))
          .flatMap(reader -> read(reader, record.value()));
    }
    return Optional.empty();
  }

  /** Whether a record is a barrier: those are of one topic, and mean nothing on another. */
  public boolean isBarrier(ConsumerRecord<byte[], byte[]> record) {
    return wire.frame(record.value(), record.headers()) instanceof Framing.Framed framed
        && framed.writer().schema().getFullName().equals(BARRIER);
  }

  /** The origin is the first field. */
  private static Optional<GenericDatumReader<GenericRecord>> reader(Schema schema) {
    boolean data =
        schema.getFullName().startsWith(RecordSchemas.RIF_NAMESPACE + ".")
            || schema.getFullName().equals(DELETE);
    return data
        ? Optional.of(new GenericDatumReader<>(schema.getFields().get(0).schema()))
        : Optional.empty();
  }

  private Optional<Origin> read(GenericDatumReader<GenericRecord> reader, byte[] value) {
    int start = WireFormat.PREFIX_LENGTH;
    try {
      decoder = DecoderFactory.get().binaryDecoder(value, start, value.length - start, decoder);
      return Optional.of(ControlCodec.of(Origin.class).fromAvro(reader.read(null, decoder)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // no record of a file's
    }
  }
}
