package io.riffle.schemas.wire;

import io.riffle.schemas.wire.Undecodable.Reason;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Generic records to framed values and back. */
public final class AvroBytes {
  private AvroBytes() {}

  /**
   * A framed value.
   *
   * @throws AvroRuntimeException if the record does not fit the handle's schema
   */
  public static byte[] encode(SchemaHandle writer, GenericRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    byte[] prefix = new byte[WireFormat.PREFIX_LENGTH];
    writer.writePrefix(prefix, 0);
    bytes.writeBytes(prefix);
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(writer.schema()).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Decodes what follows the prefix. Memory is bounded by a small multiple of the value's length,
   * whatever lengths the bytes claim.
   */
  public static Decoding decode(SchemaHandle writer, byte[] value) {
    BoundedDecoder decoder = new BoundedDecoder(value, WireFormat.PREFIX_LENGTH);
    try {
      GenericRecord record =
          new GenericDatumReader<GenericRecord>(writer.schema()).read(null, decoder);
      return decoder.atEnd()
          ? new Decoding.Decoded(writer, record)
          : new Undecodable(Reason.MALFORMED);
    } catch (EOFException e) {
      return new Undecodable(Reason.TRUNCATED);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // Hostile bytes of a recursive schema can nest as deep as they are long.
      return new Undecodable(Reason.MALFORMED);
    }
  }
}
