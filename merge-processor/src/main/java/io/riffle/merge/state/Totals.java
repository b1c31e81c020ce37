package io.riffle.merge.state;

import io.riffle.merge.record.AvroInput;
import io.riffle.merge.record.AvroOutput;
import io.riffle.merge.record.MalformedException;
import io.riffle.merge.rule.Outcome;
import io.riffle.schemas.control.MergedBarrier;
import io.riffle.schemas.control.RifBarrier;
import java.util.Arrays;

/**
 * What became of the records of an attempt in one partition.
 *
 * @param closedAt time of the barrier record that closed it, milliseconds since the epoch; {@link
 *     #OPEN} before
 */
public record Totals(
    long applied, long older, long duplicate, long parked, long rejected, long closedAt) {

  /** Of {@link #closedAt}: no barrier came yet. */
  public static final long OPEN = 0;

  /** Nothing was counted. */
  public static final Totals NONE = new Totals(0, 0, 0, 0, 0, OPEN);

  private static final int FORMAT = 1;
  private static final int CAPACITY = 32;

  /** One more. A closed attempt whose records come again is a replay, and counted from zero. */
  public Totals plus(Outcome outcome) {
    Totals before = reopened();
    return switch (outcome) {
      case APPLIED -> before.plus(1, 0, 0, 0, 0);
      case OLDER -> before.plus(0, 1, 0, 0, 0);
      case DUPLICATE -> before.plus(0, 0, 1, 0, 0);
      case PARKED -> before.plus(0, 0, 0, 1, 0);
    };
  }

  /** One more reject; the same as with {@link #plus} holds. */
  public Totals plusRejected() {
    return reopened().plus(0, 0, 0, 0, 1);
  }

  private Totals reopened() {
    return isOpen() ? this : NONE;
  }

  private Totals plus(long a, long o, long d, long p, long r) {
    return new Totals(applied + a, older + o, duplicate + d, parked + p, rejected + r, OPEN);
  }

  public boolean isOpen() {
    return closedAt == OPEN;
  }

  /** The same counts, closed by a barrier record of that time. */
  public Totals closed(long timestamp) {
    return new Totals(applied, older, duplicate, parked, rejected, Math.max(timestamp, OPEN + 1));
  }

  /** The barrier with these counts. */
  public MergedBarrier on(RifBarrier barrier, String type) {
    return new MergedBarrier(
        barrier.file(),
        barrier.attempt(),
        type,
        barrier.partition(),
        barrier.partitions(),
        barrier.records(),
        applied,
        older,
        duplicate,
        parked,
        rejected);
  }

  /** The stored form: a format number, then the components in order. */
  public byte[] toBytes() {
    AvroOutput out = new AvroOutput(CAPACITY).writeByte(FORMAT);
    for (long count : new long[] {applied, older, duplicate, parked, rejected, closedAt}) {
      out.writeUnsigned(count);
    }
    return out.toBytes();
  }

  /**
   * The inverse of {@link #toBytes}.
   *
   * @throws IllegalStateException if the bytes are of another format, or damaged
   */
  public static Totals fromBytes(byte[] stored) {
    AvroInput in = new AvroInput(stored, 0);
    try {
      int format = in.readByte();
      if (format != FORMAT) {
        throw new IllegalStateException("stored totals have format " + format);
      }
      long[] counts = new long[6];
      Arrays.setAll(counts, i -> in.readUnsigned());
      return new Totals(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
    } catch (MalformedException e) {
      throw new IllegalStateException("stored totals are damaged", e);
    }
  }
}
