package io.riffle.cdc.ledger;

/** How a snapshot or reload is. */
public enum SnapshotState {
  REQUESTED,
  RUNNING,
  /** All rows and the sweep are on the topic. */
  DONE,
  FAILED,
  CANCELLED
}
