package io.riffle.schemas.wire;

/** What came of reading the prefix and the fingerprint header of a value. */
public sealed interface Framing permits Framing.Framed, Undecodable {
  /** Avro binary of this writer schema follows the prefix. */
  record Framed(SchemaHandle writer) implements Framing {}
}
