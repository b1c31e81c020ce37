package io.riffle.cdc.reload;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Keys of rows that come sorted, so that equal ones follow each other: a hash, and which one of the
 * equal rows it is, from 1. For one thread.
 */
final class RowKeys {
  private static final int BYTES = 16;

  private final MessageDigest sha;
  private byte[] last = {};
  private long ordinal;

  RowKeys() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
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
    return HexFormat.of().formatHex(sha.digest(line), 0, BYTES) + "-" + ordinal;
  }
}
