package io.riffle.sink.rebuild;

/** The steps of a rebuild, in their order. */
public enum Step {
  /** The shadow tables are made. */
  PREPARE,
  /** The last record of each key is looked for; counted in offsets. */
  SCAN,
  /** Those records are copied; counted in offsets. */
  LOAD,
  /** Indexes and constraints; counted in statements. */
  INDEX,
  /** Counts and checksums, and what differs from the live tables. */
  VERIFY,
  /** What the sink wrote meanwhile; counted in offsets. */
  CATCH_UP,
  /** Readers with an older view of the database are waited for. */
  WAIT,
  /** The tables change places. */
  SWAP,
  /** The new tables are live. */
  DONE
}
