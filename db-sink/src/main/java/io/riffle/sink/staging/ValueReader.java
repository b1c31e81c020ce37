package io.riffle.sink.staging;

/** Reads values of a column. */
interface ValueReader {
  /**
   * The value as text that Postgres reads.
   *
   * @param avro not null
   * @return {@link Absent#ABSENT} when the source did not send the value
   * @throws UnreadableValueException when the value does not say what stands in the source
   */
  Object read(Object avro, Placeholder placeholder);
}
