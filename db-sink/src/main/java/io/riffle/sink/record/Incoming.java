package io.riffle.sink.record;

import io.riffle.schemas.control.MergedBarrier;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Parked;
import io.riffle.schemas.control.Reject;
import io.riffle.schemas.control.RejectReason;
import io.riffle.schemas.layout.Layout;
import io.riffle.sink.copy.Bytes;
import io.riffle.sink.copy.MergedRow;
import io.riffle.sink.staging.StagedEvent;
import java.util.Optional;

/** A record that was read, by what the sink has to do with it. None shows its values. */
public sealed interface Incoming {

  Place place();

  /** The value as it came; empty for one that was null. */
  Bytes raw();

  /** The delivered record behind a merged one, where that is known. */
  default Optional<Origin> origin() {
    return Optional.empty();
  }

  /** Bytes that the record holds in memory while it waits. */
  default int heldBytes() {
    return raw().length() + 200;
  }

  /** What is to be done to a row of a table of record. */
  sealed interface RowChange extends Incoming {
    Layout layout();

    long key();

    Origin cause();

    @Override
    default Optional<Origin> origin() {
      return Optional.of(cause());
    }
  }

  /** A whole row with the rows of its child tables. */
  record Put(Place place, Layout layout, Origin cause, long linesHash, MergedRow row, Bytes raw)
      implements RowChange {
    @Override
    public long key() {
      return row.key();
    }

    @Override
    public int heldBytes() {
      return raw.length() + row.length() + 300;
    }
  }

  /** The removal of a key. */
  record Delete(Place place, Layout layout, Origin cause, long key, Bytes raw)
      implements RowChange {}

  /** A change event, for a staging table. */
  record Change(Place place, StagedEvent event, Bytes raw) implements Incoming {

    /** Of the first record of the event: a changed key is two. */
    public long firstOffset() {
      return event instanceof StagedEvent.Move move
          ? move.from().version().offset()
          : place.offset();
    }

    @Override
    public int heldBytes() {
      return 3 * raw.length() + 500;
    }

    @Override
    public String toString() {
      return "Change[" + place + "]";
    }
  }

  /** Everything of a file's attempt stands before it on this partition. */
  record Barrier(Place place, MergedBarrier barrier, Bytes raw) implements Incoming {}

  /** What waits for a key, or that nothing does any more. */
  record ParkedChange(Place place, Parked parked, Bytes raw) implements Incoming {
    @Override
    public String toString() {
      return "ParkedChange[" + place + "]";
    }
  }

  /** A record that the producer or the merge-processor rejected. */
  record RejectReport(Place place, Reject reject, Bytes raw) implements Incoming {
    @Override
    public String toString() {
      return "RejectReport[" + place + "]";
    }
  }

  /**
   * A record that cannot be written.
   *
   * @param reason UNDECODABLE or KEY_MISSING, or the database's SQLSTATE
   * @param blamed what the database names beside it
   * @param told what a change event says all the same
   */
  record Bad(
      Place place,
      Optional<Origin> origin,
      String reason,
      Blamed blamed,
      Bytes raw,
      Optional<StagedEvent> told)
      implements Incoming {

    public Bad(Place place, Optional<Origin> origin, String reason, Blamed blamed, Bytes raw) {
      this(place, origin, reason, blamed, raw, Optional.empty());
    }

    /** The same, of which nothing is written but that it was rejected. */
    public Bad alone() {
      return new Bad(place, origin, reason, blamed, raw);
    }

    @Override
    public String toString() {
      return "Bad[" + place + "]";
    }

    /** Whether the database refused it, so that the reason is an SQLSTATE. */
    public boolean isRefused() {
      return !reason.equals(RejectReason.UNDECODABLE.name())
          && !reason.equals(RejectReason.KEY_MISSING.name());
    }
  }
}
