package io.riffle.cdc.snapshot;

import java.util.Map;

/**
 * What Debezium tells of a snapshot.
 *
 * @param id of the signal that asked for it
 * @param type STARTED, IN_PROGRESS, TABLE_SCAN_COMPLETED, COMPLETED, ABORTED, …
 * @param data what it says more; keys of rows may be in it
 */
record Notification(String id, String type, Map<String, String> data) {
  /** One chunk of a table has been read. */
  boolean isChunk() {
    return type.equals("IN_PROGRESS");
  }

  /** A table has come to its end, well or not. */
  boolean isEndOfTable() {
    return type.equals("TABLE_SCAN_COMPLETED");
  }

  boolean isAborted() {
    return type.equals("ABORTED");
  }

  /** At the end of a table: SUCCEEDED, EMPTY, or why it was not read. */
  String status() {
    return data.getOrDefault("status", "UNKNOWN");
  }

  long rows() {
    return Long.parseLong(data.getOrDefault("total_rows_scanned", "0"));
  }

  @Override
  public String toString() {
    return "Notification[" + id + " " + type + "]";
  }
}
