package io.riffle.producer.rif;

import io.riffle.schemas.control.RejectReason;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A record that cannot be read. Its first problem is named.
 *
 * @param column name in the header row of the column to blame, when one is
 * @param at line of the row to blame
 * @param raw the record's bytes, cut at {@link io.riffle.schemas.control.Reject#MAX_RAW}; health
 *     data; a copy that the receiver may keep
 * @param bytes length of the whole record in the file, line ends included
 */
public record RejectedRecord(
    RecordPosition position,
    RejectReason reason,
    Optional<String> column,
    long at,
    ByteBuffer raw,
    long bytes) {

  /** Without the bytes, which must not get into logs. */
  @Override
  public String toString() {
    return "RejectedRecord[" + position + ", " + reason + ", line " + at + "]";
  }
}
