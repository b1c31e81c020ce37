package io.riffle.operations.doctor;

/** What was found; a later one is worse. */
public enum Verdict {
  /** As it should be. */
  OK,
  /** It works, but not as it should, or not for long. */
  WARN,
  /** Something does not work. */
  FAIL;

  /** The worse of the two. */
  public Verdict worse(Verdict other) {
    return compareTo(other) < 0 ? other : this;
  }
}
