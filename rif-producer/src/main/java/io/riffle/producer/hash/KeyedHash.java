package io.riffle.producer.hash;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * PBKDF2 with HMAC-SHA256 of a text (RFC 8018), the pepper as salt: 256 bits, shown as 64
 * lower-case hexadecimal digits. For one thread.
 */
final class KeyedHash {

  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
  private static final int BITS = 256;

  private final SecretKeyFactory keys;
  private final byte[] salt;
  private final int iterations;

  KeyedHash(HashConfig config) {
    this.salt = config.salt();
    this.iterations = config.iterations();
    try {
      this.keys = SecretKeyFactory.getInstance(ALGORITHM);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** The digits of a text's hash, in ASCII. The text counts by its UTF-8 bytes. */
  byte[] of(String text) {
    PBEKeySpec password = new PBEKeySpec(text.toCharArray(), salt, iterations, BITS);
    try {
      byte[] hash = keys.generateSecret(password).getEncoded();
      return HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " refuses its parameters", e);
    } finally {
      password.clearPassword();
    }
  }
}
