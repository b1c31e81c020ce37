package io.riffle.sink.staging;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * What the events of a batch make of one row. Events are given in the order of their versions;
 * those that are not newer than the row have no effect. No I/O.
 */
final class Folding {
  private final Object[] values;
  private EventVersion version;
  private boolean stored;
  private boolean there;
  private boolean touched;
  private boolean changed;
  private boolean came;
  private Long earliestAt;
  private final BitSet unsent = new BitSet();
  private Long updatedAt;
  private Long deletedAt;

  /**
   * A row of which the table knows nothing.
   *
   * @param columns number of columns that come from the source
   */
  Folding(int columns) {
    this.values = new Object[columns];
    Arrays.fill(values, Absent.ABSENT);
  }

  /** A value of the row's key, which every event has. */
  void key(int at, String text) {
    values[at] = text;
  }

  /** The table has the row. */
  void stored(EventVersion storedVersion, boolean deleted) {
    version = storedVersion;
    stored = true;
    there = !deleted;
  }

  boolean isNewer(EventVersion event) {
    return version == null || event.isNewerThan(version);
  }

  /** Whether the row is of this very event. */
  boolean isOf(EventVersion event) {
    return version != null && !event.isNewerThan(version) && !version.isNewerThan(event);
  }

  /**
   * A newer put.
   *
   * @param places where in the table each of the put's columns stands
   */
  void put(StagedEvent.Put put, int[] places) {
    boolean differs = take(put.values(), places);
    if (!there) {
      there = true;
      came = true;
      earliestAt = null;
      updatedAt = put.at();
      deletedAt = null;
    } else if (differs || updatedAt == null) {
      changed |= differs;
      updatedAt = put.at();
    }
    earliest(put.at());
    touch(put.version());
  }

  /** Whether a value is another than one that an earlier event of the batch had. */
  private boolean take(List<Object> given, int[] places) {
    boolean differs = false;
    for (int i = 0; i < given.size(); i++) {
      Object value = given.get(i);
      int at = places[i];
      if (value != Absent.ABSENT) {
        differs |= values[at] != Absent.ABSENT && !Objects.equals(values[at], value);
        values[at] = value;
        unsent.clear(at);
      } else if (values[at] == Absent.ABSENT) {
        unsent.set(at);
      }
    }
    return differs;
  }

  /** A newer event says that the row is there, and no more. */
  void seen(EventVersion event) {
    if (there) {
      touch(event);
    }
  }

  /** A newer removal. */
  void remove(EventVersion removal, long at) {
    if (there) {
      earliest(at);
    }
    if (there || version == null) {
      deletedAt = at;
      there = false;
    }
    touch(removal);
  }

  /**
   * A removal that says nothing of its place in the source: it stands behind all before it on the
   * topic.
   *
   * @return whether it had an effect
   */
  boolean bury(int epoch, long offset, long at) {
    EventVersion before = version == null ? new EventVersion(epoch, 0, 0, -1) : version;
    if (offset <= before.offset()) {
      return false;
    }
    remove(before.at(offset), at);
    return true;
  }

  private void earliest(long at) {
    earliestAt = earliestAt == null ? at : Math.min(earliestAt, at);
  }

  private void touch(EventVersion event) {
    version = event;
    touched = true;
  }

  /** Whether there is anything to write. */
  boolean isTouched() {
    return touched;
  }

  boolean isStored() {
    return stored;
  }

  boolean isThere() {
    return there;
  }

  /** Whether the source has a value of the row that no event of the batch had. */
  boolean lacksValues() {
    return !unsent.isEmpty();
  }

  /** Columns, by place, that no put of the batch had a value of, though the source has one. */
  BitSet unsent() {
    return unsent;
  }

  EventVersion version() {
    return version;
  }

  /** By the table's columns: texts, null, or absent. */
  Object[] values() {
    return values;
  }

  /** Whether events of the batch alone show that a value changed, whatever the table has. */
  boolean isChanged() {
    return changed;
  }

  /** Whether the row came to be, or came back, in this batch. */
  boolean isNew() {
    return came;
  }

  /**
   * The earliest time at which an event since then says that the row was there; null without one. A
   * snapshot row's time is the reader's clock, and later changes can have been committed before.
   */
  Long earliestAt() {
    return earliestAt;
  }

  /** When an event changed a value, if the table's are other ones; null without a put. */
  Long updatedAt() {
    return updatedAt;
  }

  /** When the row was deleted; null where it was not in this batch. */
  Long deletedAt() {
    return deletedAt;
  }
}
