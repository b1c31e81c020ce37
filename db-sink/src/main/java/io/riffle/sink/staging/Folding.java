package io.riffle.sink.staging;

import java.util.BitSet;

/**
 * What the events of a batch make of one row. Events are given in the order of their versions;
 * those that are not newer than the row have no effect. No I/O.
 */
final class Folding {
  private final FoldedValues values;
  private EventVersion version;
  private boolean stored;
  private boolean there;
  private boolean touched;
  private boolean changed;
  private boolean came;
  private Long earliestAt;
  private Long updatedAt;
  private Long deletedAt;

  /**
   * A row of which the table knows nothing.
   *
   * @param columns number of columns that come from the source
   */
  Folding(int columns) {
    this.values = new FoldedValues(columns);
  }

  /** A value of the row's key, which every event has. */
  void key(int at, String text) {
    values.key(at, text);
  }

  /**
   * The table has the row.
   *
   * @param lacking columns, by place, that the source has a value of, and the table has not
   */
  void stored(EventVersion storedVersion, boolean deleted, BitSet lacking) {
    values.stored(lacking);
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
    if (!there) {
      values.renew();
    }
    boolean differs = values.take(put, places, !there || updatedAt == null);
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

  EventVersion version() {
    return version;
  }

  FoldedValues values() {
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
