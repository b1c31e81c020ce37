package io.riffle.infra.chain.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * What hostile XML is to touch and must not: a socket that listens and a file with a secret, {@code
 * ${port}} and {@code ${secret-file}} in manifests.
 */
final class Trap implements AutoCloseable {

  /** What the file holds. */
  static final String SECRET = "trap-secret-4711";

  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));

  private final ServerSocket socket;
  private final Path secret;
  private final Path witness;

  /**
   * @param folder for the file
   */
  Trap(Path folder) throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    secret = bait(folder.resolve("secret.txt"));
    witness = bait(folder.resolve("witness.txt"));
  }

  private static Path bait(Path file) throws IOException {
    Files.writeString(file, SECRET);
    Files.setAttribute(file, "lastAccessTime", LONG_AGO);
    return file;
  }

  /** The text with its placeholders filled in. */
  String fill(String text) {
    return text.replace("${port}", Integer.toString(socket.getLocalPort()))
        .replace("${secret-file}", secret.toUri().toString());
  }

  /** Whether anybody has connected. */
  boolean isConnected() {
    try {
      socket.setSoTimeout(1);
      socket.accept().close();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the file was read; unknown, and false, where the file system does not note it. */
  boolean isRead() throws IOException {
    return !Files.getAttribute(secret, "lastAccessTime").equals(LONG_AGO);
  }

  /** Whether the file system notes that a file is read. */
  boolean isNoted() throws IOException {
    Files.readString(witness);
    return !Files.getAttribute(witness, "lastAccessTime").equals(LONG_AGO);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
