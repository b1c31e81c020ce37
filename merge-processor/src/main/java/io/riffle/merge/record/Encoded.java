package io.riffle.merge.record;

import io.riffle.schemas.wire.SchemaHandle;

/** A record value in the wire format, and the schema it is written in. */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Encoded(SchemaHandle schema, byte[] value) {
  @Override
  public String toString() {
    return "Encoded[" + schema + ", " + value.length + " bytes]";
  }
}
