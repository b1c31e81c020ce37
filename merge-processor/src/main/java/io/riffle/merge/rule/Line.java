package io.riffle.merge.rule;

import io.riffle.schemas.control.Version;
import java.util.Optional;

/**
 * A line of the row, or one whose fields are kept until it is. Lines that accumulate are years: all
 * of them are in the row of a person that exists, and each has a newest FULL record of its own.
 */
public final class Line {
  private final Cells cells;
  private boolean exists;
  private Version base;

  /** A line that the newest FULL record of its key has or lacks. */
  public Line(boolean exists, Cells cells) {
    this(exists, cells, Optional.empty());
  }

  /** A year; see {@link #base}. */
  public Line(boolean exists, Cells cells, Optional<Version> base) {
    this.exists = exists;
    this.cells = cells;
    this.base = base.orElse(null);
  }

  /** Whether the line is in the row. */
  public boolean exists() {
    return exists;
  }

  public Cells cells() {
    return cells;
  }

  /** The newest FULL record of the year, when there is one newer than the newest DELETE. */
  public Optional<Version> base() {
    return Optional.ofNullable(base);
  }

  void exists(boolean now) {
    exists = now;
  }

  /** Lets a FULL record be the newest of the year; whether it is. */
  boolean offerBase(Version version) {
    boolean newest = base == null || version.isNewerThan(base);
    base = newest ? version : base;
    return newest;
  }

  void forget(Version version) {
    cells.forget(version, column -> true);
    if (base != null && !base.isNewerThan(version)) {
      base = null;
    }
  }

  /** Whether no record speaks of the line. */
  boolean isEmpty() {
    return base == null && cells.isEmpty();
  }
}
