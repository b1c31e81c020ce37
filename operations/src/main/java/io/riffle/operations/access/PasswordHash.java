package io.riffle.operations.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.KeySpec;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password that cannot be read back: PBKDF2 with HMAC-SHA-256 (RFC 8018), written as {@code
 * pbkdf2-sha256$ITERATIONS$SALT$HASH}, the last two in base 64.
 */
public final class PasswordHash {
  private static final String NAME = "pbkdf2-sha256";
  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";

  /** What OWASP's Password Storage Cheat Sheet asks for. */
  private static final int ITERATIONS = 600_000;

  private static final int FEWEST = 1_000;
  private static final int MOST = 10_000_000;
  private static final int BYTES = 32;
  private static final int SALT_BYTES = 16;

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** Of a new password, with a salt of its own. */
  public static PasswordHash of(char[] password) {
    return of(password, ITERATIONS);
  }

  /** The same with as many rounds as somebody wants; fewer are for tests. */
  public static PasswordHash of(char[] password, int iterations) {
    byte[] salt = noise(SALT_BYTES);
    return new PasswordHash(iterations, salt, derive(password, salt, iterations));
  }

  /** One that no password has, and that takes as long to find out as this. */
  public PasswordHash nobodys() {
    return new PasswordHash(iterations, noise(SALT_BYTES), noise(BYTES));
  }

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new SecureRandom().nextBytes(noise);
    return noise;
  }

  /**
   * One that was written down.
   *
   * @throws IllegalArgumentException when it is none; the message does not quote it
   */
  public static PasswordHash parse(String text) {
    String[] parts = text.split("\\$", -1);
    if (parts.length == 4 && parts[0].equals(NAME)) {
      int iterations = Integer.parseInt(parts[1]);
      byte[] salt = Base64.getDecoder().decode(parts[2]);
      byte[] hash = Base64.getDecoder().decode(parts[3]);
      if (iterations >= FEWEST && iterations <= MOST && hash.length == BYTES) {
        return new PasswordHash(iterations, salt, hash);
      }
    }
    throw new IllegalArgumentException("no hash of a password");
  }

  /** Takes the same time whether it is right or not. */
  public boolean matches(char[] password) {
    return MessageDigest.isEqual(hash, derive(password, salt, iterations));
  }

  private static byte[] derive(char[] password, byte[] salt, int iterations) {
    KeySpec spec = new PBEKeySpec(password, salt, iterations, BYTES * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks " + ALGORITHM, e);
    }
  }

  /** As it is written in the file of users. */
  public String text() {
    Base64.Encoder encoder = Base64.getEncoder();
    return String.join(
        "$",
        NAME,
        Integer.toString(iterations),
        encoder.encodeToString(salt),
        encoder.encodeToString(hash));
  }

  @Override
  public String toString() {
    return "***";
  }
}
