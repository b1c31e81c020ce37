package io.riffle.infra.chain.matrix;

/** What is wrong with a record that is written to a topic. */
enum PoisonValue {
  /** A schema id that the registry has never given out. */
  UNKNOWN_SCHEMA_ID,
  /** The id of a schema that somebody else has registered. */
  FOREIGN_SCHEMA,
  /** The same, with the fingerprint of that schema. */
  FOREIGN_SCHEMA_OWN,
  /** Half of the Avro. */
  TRUNCATED,
  /** A text of -5 bytes. */
  NEGATIVE_LENGTH,
  /** A text of 2 GB, of which nothing follows. */
  HUGE_LENGTH,
  /** A text of 2^62 bytes. */
  ABSURD_LENGTH,
  /** Null. */
  NO_VALUE,
  /** A first byte that is not zero. */
  NO_MAGIC,
  /** Three bytes in all. */
  TOO_SHORT,
  /** Without the header that names the schema's fingerprint. */
  NO_FINGERPRINT,
  /** Nothing: an earlier record once more. */
  REPLAY
}
