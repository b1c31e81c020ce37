package io.riffle.producer.rif;

import io.riffle.schemas.control.RejectReason;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A record that cannot be read. Its first problem is named.
 *
 * @param column name in the header row of the column to blame, when one is
 * @param at line of the row to blame
 * @param raw the record's bytes, cut at 1 MiB; health data; a copy that the receiver may keep
 */
public record RejectedRecord(
    RecordPosition position,
    RejectReason reason,
    Optional<String> column,
    long at,
    ByteBuffer raw) {

  /** Without the bytes, which must not get into logs. */
  @Override
  public String toString() {
    return "RejectedRecord[" + position + ", " + reason + ", line " + at + "]";
  }
}
