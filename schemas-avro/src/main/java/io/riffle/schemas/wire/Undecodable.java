package io.riffle.schemas.wire;

/** The value cannot be read, now or later: a reject. */
public record Undecodable(Reason reason) implements Framing, Decoding {

  /** Reason codes; they appear in rejects and metrics. */
  public enum Reason {
    /** There is no value at all (a tombstone on a topic without tombstones). */
    NO_VALUE,
    /** The first byte is not 0. */
    BAD_MAGIC,
    /** Shorter than the prefix, or the Avro binary ends early. */
    TRUNCATED,
    /** A healthy registry does not know the id. */
    UNKNOWN_SCHEMA_ID,
    /** The fingerprint header is absent and must be there. */
    FINGERPRINT_MISSING,
    /** The fingerprint header is not that of the schema with this id. */
    FINGERPRINT_MISMATCH,
    /** The Avro binary is not of the writer schema, or bytes follow it. */
    MALFORMED
  }
}
