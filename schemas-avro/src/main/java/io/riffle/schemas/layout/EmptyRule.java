package io.riffle.schemas.layout;

/**
 * What an empty field of a FULL record becomes. In a MERGE record an empty required field is a
 * reject.
 */
public enum EmptyRule {
  /** Stored as null: every optional column. */
  NULL,
  /** The record is rejected. */
  ERROR,
  /** The number 0. */
  ZERO,
  /** An empty text. */
  TEXT
}
