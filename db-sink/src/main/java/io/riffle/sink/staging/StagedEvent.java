package io.riffle.sink.staging;

import java.util.List;
import java.util.Optional;

/** A record of a topic of change events, by what it does to the staging table. */
public sealed interface StagedEvent {

  /** What concerns a single row. */
  sealed interface OfRow extends StagedEvent {
    RowKey key();
  }

  /**
   * A row as it is after the event.
   *
   * @param at when the source committed it, in microseconds since 1970
   * @param values in the order of the shape's columns: texts, null, or {@link Absent#ABSENT}
   * @param moved whether the source says that the row had another key before
   * @param read whether a snapshot found the row as it is, which tells of no change
   */
  record Put(
      EventVersion version,
      long at,
      RowKey key,
      RowShape shape,
      List<Object> values,
      boolean moved,
      boolean read)
      implements OfRow {
    @Override
    public String toString() {
      return "Put[" + version + "]";
    }

    /** The same event with other values. */
    Put with(List<Object> others) {
      return new Put(version, at, key, shape, others, moved, read);
    }
  }

  /**
   * A row is gone.
   *
   * @param shape of the rows of its table
   * @param moves whether the source says that the row has another key now: its put comes next
   */
  record Removal(EventVersion version, long at, RowKey key, RowShape shape, boolean moves)
      implements OfRow {}

  /** A row is there, with values that could not be written: what the table has of it stays. */
  record Seen(EventVersion version, RowKey key) implements OfRow {
    @Override
    public String toString() {
      return "Seen[" + version + "]";
    }
  }

  /** A row is gone, and that is all that is said: a record without a value. */
  record Tombstone(int epoch, RowKey key) implements OfRow {}

  /** A row has another key: both at once. */
  record Move(Removal from, Put to) implements StagedEvent {}

  /** All rows are gone that are older. */
  record Truncation(EventVersion version, long at) implements StagedEvent {}

  /**
   * Rows that are older are gone: a snapshot did not see them.
   *
   * @param version of the snapshot's beginning
   */
  record Sweep(EventVersion version, long at) implements StagedEvent {}

  /** Something that has no effect on rows, such as a message in the source's log. */
  record Nothing() implements StagedEvent {}

  /** The place of the event in the source, where it says one. */
  default Optional<EventVersion> place() {
    if (this instanceof Put put) {
      return Optional.of(put.version());
    } else if (this instanceof Removal removal) {
      return Optional.of(removal.version());
    } else if (this instanceof Move move) {
      return Optional.of(move.to().version());
    } else if (this instanceof Truncation truncation) {
      return Optional.of(truncation.version());
    } else if (this instanceof Seen seen) {
      return Optional.of(seen.version());
    }
    return Optional.empty();
  }

  /** When the source committed it; empty where it does not say. */
  default Optional<Long> committedAt() {
    if (this instanceof Put put) {
      return Optional.of(put.at());
    } else if (this instanceof Removal removal) {
      return Optional.of(removal.at());
    } else if (this instanceof Move move) {
      return Optional.of(move.to().at());
    } else if (this instanceof Truncation truncation) {
      return Optional.of(truncation.at());
    }
    return Optional.empty();
  }
}
