package io.riffle.cdc.reload;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * Keys of rows that come sorted, so that equal ones follow each other: a hash, and which one of the
 * equal rows it is, from 1. For one thread.
 */
final class RowKeys {
  private static final int BYTES = 16;

  private final Function<byte[], String> hash;
  private byte[] last = {};
  private long ordinal;

  RowKeys() {
    this(sha());
  }

  /** With another hash, such as one under a key. */
  RowKeys(Function<byte[], String> hash) {
    this.hash = hash;
  }

  private static Function<byte[], String> sha() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return line -> HexFormat.of().formatHex(sha.digest(line), 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The key of the next row.
   *
   * @param line the row as COPY gave it
   */
  String next(byte[] line) {
    ordinal = Arrays.equals(line, last) ? ordinal + 1 : 1;
    last = line;
    return hash.apply(line) + "-" + ordinal;
  }
}
