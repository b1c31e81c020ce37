package io.riffle.merge.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The 64-bit hash of a record's encoded lines in ascending order. It tells the sink whether lines
 * changed, so it must stay as it is: another function would rewrite all lines once.
 *
 * <p>Eight bytes at a time are folded in with the finishing step of MurmurHash3, which maps no two
 * numbers to one; each line ends with its length, so that bytes cannot move between lines.
 */
final class LinesHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SEED = 0x52_49_46_46_4C_45L;
  private static final long FIRST = 0xFF51_AFD7_ED55_8CCDL;
  private static final long SECOND = 0xC4CE_B9FE_1A85_EC53L;

  private long hash = SEED;

  /** Adds the next line. */
  LinesHash add(byte[] bytes, int start, int end) {
    int at = start;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONG.get(bytes, at));
    }
    long tail = 0;
    for (; at < end; at++) {
      tail = tail << Byte.SIZE | (bytes[at] & 0xFF);
    }
    hash = mix(mix(hash ^ tail) ^ (end - start));
    return this;
  }

  long value() {
    return hash;
  }

  private static long mix(long number) {
    long mixed = (number ^ (number >>> 33)) * FIRST;
    mixed = (mixed ^ (mixed >>> 33)) * SECOND;
    return mixed ^ (mixed >>> 33);
  }
}
