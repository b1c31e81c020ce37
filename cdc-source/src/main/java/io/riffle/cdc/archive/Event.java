package io.riffle.cdc.archive;

import java.time.Instant;
import org.apache.avro.generic.GenericRecord;

/**
 * A record of a table's topic, as far as the archive goes.
 *
 * @param op of Debezium ({@code c u d r t}), or {@link #SWEEP}
 * @param row what the row is, or was before it was deleted; null for none
 * @param time of the commit in the source, or of the sweep
 * @param snapshot what Debezium says of it; null for nothing
 * @param value the whole record
 */
record Event(
    String op,
    GenericRecord row,
    Instant time,
    String snapshot,
    Position position,
    GenericRecord value) {

  /** A marker of Riffle: rows older than it are gone. */
  static final String SWEEP = "sweep";
}
