package io.riffle.sink.copy;

/** Moves one Avro field to a COPY field: its length and its bytes, or -1 for null. */
interface FieldCopier {
  void copy(AvroCursor in, RowBuffer out) throws MalformedValueException;

  /** For columns that the writer did not know yet. */
  FieldCopier NULL = (in, out) -> out.putInt(-1);
}
