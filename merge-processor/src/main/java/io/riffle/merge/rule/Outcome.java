package io.riffle.merge.rule;

/** What became of a delivered record; counted once per delivery. */
public enum Outcome {
  /** It changed the row in the sense of the rule, and the row is emitted. */
  APPLIED,
  /** A patch for a key or a line that does not exist (yet, or any more). */
  PARKED,
  /** Its version was seen before. */
  DUPLICATE,
  /** Newer records had overtaken all of it. */
  OLDER
}
