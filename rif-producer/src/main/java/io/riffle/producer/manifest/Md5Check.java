package io.riffle.producer.manifest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * The user metadata {@code md5chksum}, Base64 of the MD5 of the content: a check against damage,
 * not against forgery.
 */
public final class Md5Check {

  private static final int MD5_BYTES = 16;

  private Md5Check() {}

  /** A fresh MD5. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }

  /** What is wrong with content of this digest, if anything is. */
  public static Optional<String> problem(String sent, MessageDigest content) {
    byte[] expected;
    try {
      expected = Base64.getDecoder().decode(sent);
    } catch (IllegalArgumentException e) {
      return Optional.of("metadata md5chksum is not Base64");
    }
    if (expected.length != MD5_BYTES) {
      return Optional.of("metadata md5chksum is not the Base64 of an MD5");
    }
    return MessageDigest.isEqual(expected, content.digest())
        ? Optional.empty()
        : Optional.of("metadata md5chksum is another MD5 than that of the content");
  }

  /** The same for content in memory. */
  public static Optional<String> problem(String sent, byte[] content) {
    MessageDigest digest = digest();
    digest.update(content);
    return problem(sent, digest);
  }
}
