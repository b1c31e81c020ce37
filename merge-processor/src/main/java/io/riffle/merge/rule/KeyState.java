package io.riffle.merge.rule;

import io.riffle.schemas.control.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of a key: a function of the set of its records, so equal sets give equal states
 * whatever the order. Only {@link MergeRule} changes it. For one thread at a time.
 */
public final class KeyState {
  private final Shape shape;
  private final TreeSet<Version> seen;
  private final Cells header;
  private final TreeMap<Integer, Line> lines;
  private final Identities identities;
  private Version deleted;
  private Version full;

  private KeyState(
      Shape shape,
      Marks marks,
      NavigableSet<Version> seen,
      Cells header,
      NavigableMap<Integer, Line> lines,
      Identities identities) {
    this.shape = shape;
    this.deleted = marks.deleted().orElse(null);
    this.full = marks.full().orElse(null);
    this.seen = new TreeSet<>(seen);
    this.header = header;
    this.lines = new TreeMap<>(lines);
    this.identities = identities;
  }

  /**
   * The versions that decide whether the key exists.
   *
   * @param deleted the newest DELETE
   * @param full the newest FULL record, when it is newer than that
   */
  public record Marks(Optional<Version> deleted, Optional<Version> full) {}

  /** Nothing is known. */
  public static KeyState empty(Shape shape) {
    Marks none = new Marks(Optional.empty(), Optional.empty());
    Cells header = new Cells(shape.headerColumns());
    return restore(shape, none, new TreeSet<>(), header, new TreeMap<>(), new Identities());
  }

  /** A state as it was stored. */
  public static KeyState restore(
      Shape shape,
      Marks marks,
      NavigableSet<Version> seen,
      Cells header,
      NavigableMap<Integer, Line> lines,
      Identities identities) {
    return new KeyState(shape, marks, seen, header, lines, identities);
  }

  public Shape shape() {
    return shape;
  }

  public Marks marks() {
    return new Marks(Optional.ofNullable(deleted), Optional.ofNullable(full));
  }

  /** Whether there is a row: a FULL record newer than the newest DELETE. */
  public boolean exists() {
    return full != null;
  }

  /** Versions of all records, oldest first. */
  public NavigableSet<Version> seen() {
    return Collections.unmodifiableNavigableSet(seen);
  }

  public Cells header() {
    return header;
  }

  /** Lines by number: those that exist, and absent ones with fields that may matter again. */
  public NavigableMap<Integer, Line> lines() {
    return Collections.unmodifiableNavigableMap(lines);
  }

  /** Who the person was, by its records; empty for types without a history. */
  public Identities identities() {
    return identities;
  }

  /** The rows of the history, by ascending version, whether or not the person exists. */
  public List<Former> former() {
    return shape.identity().map(identities::former).orElse(List.of());
  }

  /**
   * What waits: fields of MERGE records, header first, then lines in ascending order; then former
   * identities, oldest first.
   */
  public List<Waiting> waiting() {
    List<Waiting> waiting = new ArrayList<>();
    if (!exists()) {
      collect(Optional.empty(), header, waiting);
    }
    lines.forEach(
        (number, line) -> {
          if (!line.exists()) {
            collect(Optional.of(number), line.cells(), waiting);
          }
        });
    if (!exists()) {
      former().forEach(row -> waiting.add(waiting(row)));
    }
    return waiting;
  }

  /** Without a person there are no FULL records, so every former identity is one that was sent. */
  private Waiting waiting(Former row) {
    return new Waiting.Row(row, identities.sent().get(row.record()).file());
  }

  private static void collect(Optional<Integer> line, Cells cells, List<Waiting> into) {
    for (int column = 0; column < cells.columns(); column++) {
      int at = column;
      cells
          .get(column)
          .filter(Cell::fromPatch)
          .ifPresent(cell -> into.add(new Waiting.Field(line, at, cell)));
    }
  }

  /** Remembers a version; false when it was there. */
  boolean see(Version version) {
    return seen.add(version);
  }

  boolean isDeletedAt(Version version) {
    return deleted != null && !version.isNewerThan(deleted);
  }

  boolean isNewestFull(Version version) {
    return full == null || version.isNewerThan(full);
  }

  void delete(Version version) {
    deleted = version;
    header.forget(version, column -> true);
    lines.values().forEach(line -> line.forget(version));
    identities.forget(version);
    if (full != null && !full.isNewerThan(version)) {
      full = null;
      lines.values().forEach(line -> line.exists(false));
    }
    dropEmptyLines();
  }

  /** Lets the newest FULL record decide which lines exist; its fields were offered before. */
  void newestFull(Version version, NavigableMap<Integer, Fields> itsLines) {
    full = version;
    lines.forEach((number, line) -> line.exists(shape.years() || itsLines.containsKey(number)));
    lines.values().stream()
        .filter(line -> !line.exists())
        .forEach(line -> line.cells().forget(version, shape::requiredOfLine));
    dropEmptyLines();
  }

  /** Whether a field of an absent line could count when the line comes back. */
  boolean mayMatterInAbsentLine(Version version, int column) {
    return full == null || version.isNewerThan(full) || !shape.requiredOfLine(column);
  }

  /**
   * The line, made if need be; {@link #dropEmptyLines} clears away what stays empty. A year is
   * there at once where the person is.
   */
  Line line(int number) {
    boolean there = shape.years() && exists();
    return lines.computeIfAbsent(number, n -> new Line(there, new Cells(shape.lineColumns())));
  }

  void dropEmptyLines() {
    lines.values().removeIf(line -> (shape.years() || !line.exists()) && line.isEmpty());
  }
}
