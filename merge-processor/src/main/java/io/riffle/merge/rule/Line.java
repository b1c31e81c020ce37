package io.riffle.merge.rule;

/** A line that the newest FULL record has, or one whose fields are kept for its return. */
public final class Line {
  private final Cells cells;
  private boolean exists;

  public Line(boolean exists, Cells cells) {
    this.exists = exists;
    this.cells = cells;
  }

  /** Whether the newest FULL record has the line. */
  public boolean exists() {
    return exists;
  }

  public Cells cells() {
    return cells;
  }

  void exists(boolean now) {
    exists = now;
  }
}
