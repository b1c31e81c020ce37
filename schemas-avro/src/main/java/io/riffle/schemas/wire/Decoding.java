package io.riffle.schemas.wire;

import org.apache.avro.generic.GenericRecord;

/** What came of decoding a whole value. */
public sealed interface Decoding permits Decoding.Decoded, Undecodable {
  /**
   * The record in its writer schema; its {@code toString} shows field values: keep it out of logs.
   */
  record Decoded(SchemaHandle writer, GenericRecord record) implements Decoding {
    @Override
    public String toString() {
      return "Decoded[" + writer + "]";
    }
  }
}
