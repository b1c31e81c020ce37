package io.riffle.merge.state;

import io.riffle.merge.record.AvroInput;
import io.riffle.merge.record.AvroOutput;
import io.riffle.merge.record.MalformedException;
import io.riffle.merge.rule.Outcome;
import io.riffle.schemas.control.MergedBarrier;
import io.riffle.schemas.control.RifBarrier;
import java.util.Arrays;
import java.util.Optional;

/**
 * What became of the records of an attempt in one partition.
 *
 * @param closedAt time of the barrier record that closed it, milliseconds since the epoch; {@link
 *     #OPEN} before
 * @param repeatedKeys how many of those that are not rejected have a key that another record of the
 *     file has, too; no part of the sum
 */
public record Totals(
    long applied,
    long older,
    long duplicate,
    long parked,
    long rejected,
    long closedAt,
    long repeatedKeys) {

  /** Of {@link #closedAt}: no barrier came yet. */
  public static final long OPEN = 0;

  /** Nothing was counted. */
  public static final Totals NONE = new Totals(0, 0, 0, 0, 0, OPEN, 0);

  private static final int FORMAT = 1;
  private static final int CAPACITY = 32;

  /**
   * One more. A closed attempt whose records come again is a replay, and counted from zero.
   *
   * @param repeated whether another record of the file has its key
   */
  public Totals plus(Outcome outcome, boolean repeated) {
    Totals before = reopened();
    long r = repeated ? 1 : 0;
    return switch (outcome) {
      case APPLIED -> before.plus(1, 0, 0, 0, 0, r);
      case OLDER -> before.plus(0, 1, 0, 0, 0, r);
      case DUPLICATE -> before.plus(0, 0, 1, 0, 0, r);
      case PARKED -> before.plus(0, 0, 0, 1, 0, r);
    };
  }

  /** One more reject; the same as with {@link #plus} holds. */
  public Totals plusRejected() {
    return reopened().plus(0, 0, 0, 0, 1, 0);
  }

  private Totals reopened() {
    return isOpen() ? this : NONE;
  }

  private Totals plus(long a, long o, long d, long p, long r, long k) {
    return new Totals(
        applied + a, older + o, duplicate + d, parked + p, rejected + r, OPEN, repeatedKeys + k);
  }

  public boolean isOpen() {
    return closedAt == OPEN;
  }

  /** The same counts, closed by a barrier record of that time. */
  public Totals closed(long timestamp) {
    long at = Math.max(timestamp, OPEN + 1);
    return new Totals(applied, older, duplicate, parked, rejected, at, repeatedKeys);
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
        rejected,
        Optional.of(repeatedKeys));
  }

  /**
   * The stored form: a format number, then the components in order. Repeated keys came later: a
   * program from before reads over them, and stored totals from before end in front of them.
   */
  public byte[] toBytes() {
    AvroOutput out = new AvroOutput(CAPACITY).writeByte(FORMAT);
    for (long count : components()) {
      out.writeUnsigned(count);
    }
    return out.toBytes();
  }

  private long[] components() {
    return new long[] {applied, older, duplicate, parked, rejected, closedAt, repeatedKeys};
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
      long[] c = new long[6];
      Arrays.setAll(c, i -> in.readUnsigned());
      return new Totals(c[0], c[1], c[2], c[3], c[4], c[5], in.atEnd() ? 0 : in.readUnsigned());
    } catch (MalformedException e) {
      throw new IllegalStateException("stored totals are damaged", e);
    }
  }
}
