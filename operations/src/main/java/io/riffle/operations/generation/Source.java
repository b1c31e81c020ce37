package io.riffle.operations.generation;

/** What the merge state of a type is made of. */
enum Source {
  /** All records that were delivered: the raw topic has them. */
  RAW,
  /** Merged and parked records, and what the raw topic still has. */
  MERGED
}
