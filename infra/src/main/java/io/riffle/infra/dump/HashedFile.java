package io.riffle.infra.dump;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that is hashed while it is written. */
final class HashedFile extends DigestOutputStream {

  private static final int BUFFER = 1 << 16;

  private HashedFile(Path file) throws IOException {
    super(new BufferedOutputStream(Files.newOutputStream(file), BUFFER), sha());
  }

  static HashedFile create(Path file) throws IOException {
    return new HashedFile(file);
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The hash of what was written, lower-case hex; to be asked once, at the end. */
  String sha256() {
    return HexFormat.of().formatHex(getMessageDigest().digest());
  }
}
