package io.riffle.operations.lag;

/** How a group does; a later one is worse. */
public enum LagState {
  /** Everything is read, and nothing new has come for a while. */
  IDLE,
  /** It reads, and keeps up. */
  OK,
  /** It reads, and falls behind more and more. */
  WARN,
  /** It went back: somebody reset its offsets; or its topic was made again, and is shorter. */
  REWIND,
  /** It has members and records to read, and commits nothing. */
  STALLED,
  /** It has no members. */
  STOPPED;

  /** The worse of the two. */
  public LagState worse(LagState other) {
    return compareTo(other) < 0 ? other : this;
  }
}
