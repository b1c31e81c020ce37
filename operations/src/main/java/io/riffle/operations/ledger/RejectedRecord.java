package io.riffle.operations.ledger;

import java.util.Optional;

/**
 * A record that was not loaded: where and why, never what is in it.
 *
 * @param line line of the file that is to blame, from 1; 0 when not known
 * @param column name of the column to blame, when one is
 * @param reason name of a {@code RejectReason}
 * @param status OPEN, REDRIVING or DISCARDED
 */
public record RejectedRecord(long line, Optional<String> column, String reason, String status) {

  @Override
  public String toString() {
    return (line > 0 ? ", line " + line : "")
        + column.map(name -> ", column " + name).orElse("")
        + ": "
        + reason
        + (status.equals("OPEN") ? "" : " (" + status + ")");
  }
}
