package io.riffle.cdc.ledger;

/** How rows of a table are read. */
public enum SnapshotKind {
  /** By Debezium, in chunks of its key, beside the stream. */
  SNAPSHOT,
  /** As a whole, by cdc-source: a table without a key. */
  RELOAD,
  /** By Debezium, like a snapshot: only rows of which staging lacks a value. */
  COMPLETION
}
