package io.riffle.producer.rif;

import io.riffle.schemas.control.RejectReason;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/** What came of one record, in a form that tests compare. */
public sealed interface Outcome {

  long number();

  long line();

  long rows();

  record Accepted(long number, long line, long rows, String key, GenericRecord record)
      implements Outcome {}

  record Deleted(long number, long line, long rows, String key) implements Outcome {}

  /** Raw bytes are shown as Latin-1. */
  record Rejected(
      long number,
      long line,
      long rows,
      RejectReason reason,
      Optional<String> column,
      long at,
      String raw)
      implements Outcome {}

  /** All that tells one outcome from another. */
  default String summary() {
    if (this instanceof Accepted accepted) {
      return place() + " accepted " + accepted.key() + " " + accepted.record();
    } else if (this instanceof Deleted deleted) {
      return place() + " deleted " + deleted.key();
    }
    Rejected rejected = (Rejected) this;
    return String.join(
        " ",
        place(),
        "rejected",
        rejected.reason().name(),
        rejected.column().orElse("-"),
        "at",
        Long.toString(rejected.at()),
        rejected.raw());
  }

  private String place() {
    return number() + " line " + line() + " rows " + rows();
  }
}
