package io.riffle.cdc.obfuscate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a value becomes under the key: HMAC-SHA256 of a purpose and the value. Two purposes have
 * nothing to do with each other. For one thread at a time.
 */
final class Keyed {
  /** Fewer characters could be tried out. */
  static final int LEAST_KEY_CHARACTERS = 16;

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  private Keyed(Mac mac) {
    this.mac = mac;
  }

  /** The key is neither kept outside the cipher nor shown by anything. */
  static Keyed with(String key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return new Keyed(mac);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** 32 bytes. */
  byte[] bytes(String purpose, byte[] value) {
    mac.update(purpose.getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
    return mac.doFinal(value);
  }

  byte[] bytes(String purpose, String value) {
    return bytes(purpose, value.getBytes(StandardCharsets.UTF_8));
  }

  /** As many hexadecimal digits, at most 64. */
  String hex(String purpose, String value, int digits) {
    return HexFormat.of().formatHex(bytes(purpose, value)).substring(0, digits);
  }

  /** A number from 0 to before {@code bound}. */
  int pick(String purpose, String value, int bound) {
    long number = ByteBuffer.wrap(bytes(purpose, value)).getLong();
    return Math.toIntExact(Long.remainderUnsigned(number, bound));
  }
}
