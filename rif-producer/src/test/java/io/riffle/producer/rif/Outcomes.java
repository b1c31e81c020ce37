package io.riffle.producer.rif;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Gathers outcomes, decoding what was accepted with Avro's own reader. */
public final class Outcomes implements RecordReceiver {

  static final int RESERVED = 5;

  private final Schema schema;
  private final GenericDatumReader<GenericRecord> reader;
  public final List<Outcome> all = new ArrayList<>();

  Outcomes(Schema schema) {
    this.schema = schema;
    this.reader = new GenericDatumReader<>(schema);
  }

  @Override
  public void accepted(byte[] key, EncodedValue value, RecordPosition position) {
    Arrays.fill(value.buffer(), value.from() - RESERVED, value.from(), (byte) 0xff);
    byte[] copy = value.copyWithRoom(RESERVED);
    GenericRecord record = decode(copy);
    requireSame(record, position);
    all.add(
        new Outcome.Accepted(
            position.number(), position.line(), position.rows(), text(key), record));
  }

  private GenericRecord decode(byte[] framed) {
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(framed, RESERVED, framed.length - RESERVED, null);
    try {
      GenericRecord record = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new AssertionError("bytes behind the record");
      }
      return record;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireSame(GenericRecord record, RecordPosition position) {
    Origin origin =
        ControlCodec.of(Origin.class).fromAvro((GenericRecord) record.get(RecordSchemas.ORIGIN));
    if (origin.version().record() != position.number()
        || origin.line() != position.line()
        || origin.rows() != position.rows()) {
      throw new AssertionError(origin + " is not " + position + " of " + schema.getName());
    }
  }

  @Override
  public void deleted(byte[] key, Origin origin) {
    all.add(
        new Outcome.Deleted(origin.version().record(), origin.line(), origin.rows(), text(key)));
  }

  @Override
  public void rejected(RejectedRecord record) {
    byte[] raw = new byte[record.raw().remaining()];
    record.raw().duplicate().get(raw);
    RecordPosition position = record.position();
    all.add(
        new Outcome.Rejected(
            position.number(),
            position.line(),
            position.rows(),
            record.reason(),
            record.column(),
            record.at(),
            new String(raw, StandardCharsets.ISO_8859_1)));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /** All that tells one reading of a file from another. */
  public List<String> summaries() {
    return all.stream().map(Outcome::summary).toList();
  }
}
