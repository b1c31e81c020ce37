package io.riffle.failure;

/** What to do about a failure; from the mildest to the worst of those that are nobody's record. */
public enum Verdict {
  /** The record's own fault: it is set aside, and the rest goes on. */
  RECORD,
  /** Ends by itself: pause and try again. */
  PASSING,
  /** A person must heal it, without touching Riffle: pause, say so, and try again. */
  SYSTEMIC,
  /** Time does not heal it: stop, and say what does. */
  FATAL;

  /** Whether to wait and try again. */
  public boolean pauses() {
    return this == PASSING || this == SYSTEMIC;
  }
}
