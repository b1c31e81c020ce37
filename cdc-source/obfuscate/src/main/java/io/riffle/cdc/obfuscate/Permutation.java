package io.riffle.cdc.obfuscate;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Numbers of a range onto numbers of the same range: two never become the same, and none stays what
 * it is. A Feistel network P over the bits of the range, walked until it is in range again, gives a
 * keyed order of the numbers; a number becomes its successor in that order, which is what has no
 * fixed point. For one thread at a time.
 */
final class Permutation {
  private static final int ROUNDS = 8;
  private static final int KEY_BYTES = 16;
  private static final int BLOCK_BYTES = 16;

  private final Cipher cipher;

  Permutation(Keyed keyed) {
    byte[] key = Arrays.copyOf(keyed.bytes("permutation", ""), KEY_BYTES);
    try {
      // One block from a zero vector: nothing but the block cipher, as a round function.
      cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new IvParameterSpec(new byte[BLOCK_BYTES]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES", e);
    }
  }

  /**
   * Another number of the range.
   *
   * @param low first number of the range, not negative
   * @param high behind the last; at least two numbers
   */
  long other(long value, long low, long high) {
    long size = high - low;
    long place = forward(value - low, low, size);
    long next = place == size - 1 ? 0 : place + 1;
    return low + backward(next, low, size);
  }

  private long forward(long value, long low, long size) {
    int half = halfBits(size);
    long walked = value;
    do {
      for (int round = 0; round < ROUNDS; round++) {
        long right = walked & mask(half);
        long left = walked >>> half;
        walked = (right << half) | (left ^ mix(right, round, low, size, half));
      }
    } while (Long.compareUnsigned(walked, size) >= 0);
    return walked;
  }

  private long backward(long value, long low, long size) {
    int half = halfBits(size);
    long walked = value;
    do {
      for (int round = ROUNDS - 1; round >= 0; round--) {
        long left = walked >>> half;
        long right = walked & mask(half);
        walked = ((right ^ mix(left, round, low, size, half)) << half) | left;
      }
    } while (Long.compareUnsigned(walked, size) >= 0);
    return walked;
  }

  /** Each range has an order of its own. */
  private long mix(long part, int round, long low, long size, int half) {
    byte[] block =
        ByteBuffer.allocate(BLOCK_BYTES)
            .putLong(part << 4 | round)
            .putLong(low * 31 + size)
            .array();
    try {
      return ByteBuffer.wrap(cipher.doFinal(block)).getLong() & mask(half);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a block has a block's length", e);
    }
  }

  private static int halfBits(long size) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(size - 1);
    return Math.max(1, (bits + 1) / 2);
  }

  private static long mask(int bits) {
    return (1L << bits) - 1;
  }
}
