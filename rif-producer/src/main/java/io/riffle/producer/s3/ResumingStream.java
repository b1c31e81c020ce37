package io.riffle.producer.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A range of an object that goes on where it broke off: a reset, a body that ends early or a server
 * error costs a new request from the next byte on, after a pause. Gives up after {@value
 * #MAX_FAILURES} failures without a byte in between.
 */
final class ResumingStream extends InputStream {

  /** Opens the bytes from {@code from} to before {@code to}. */
  interface Opening {
    ResponseInputStream<?> open(long from, long to);
  }

  private static final int MAX_FAILURES = 6;
  private static final long FIRST_PAUSE_MILLIS = 100;

  private final String key;
  private final long end;
  private final Opening opening;
  private long next;
  private ResponseInputStream<?> body;
  private int failures;

  ResumingStream(String key, long start, long end, Opening opening) {
    this.key = key;
    this.next = start;
    this.end = end;
    this.opening = opening;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    while (next < end) {
      int read = tryRead(into, offset, (int) Math.min(length, end - next));
      if (read > 0) {
        next += read;
        failures = 0;
        return read;
      }
    }
    return -1;
  }

  @Override
  public void close() {
    if (body != null) {
      body.abort(); // reading the rest to keep the connection would cost more than a new one
      body = null;
    }
  }

  /** 0 when the attempt failed and another one is due. */
  private int tryRead(byte[] into, int offset, int length) throws IOException {
    try {
      if (body == null) {
        body = opening.open(next, end);
      }
      int read = body.read(into, offset, length);
      if (read < 0) {
        throw new IOException(key + " broke off at byte " + next + " of " + end);
      }
      return read;
    } catch (IOException | SdkException e) {
      close();
      giveUpOrPause(e);
      return 0;
    }
  }

  private void giveUpOrPause(Exception e) throws IOException {
    failures++;
    if (failures >= MAX_FAILURES) {
      throw new IOException("reading " + key + " failed " + failures + " times", e);
    }
    try {
      TimeUnit.MILLISECONDS.sleep(FIRST_PAUSE_MILLIS << failures);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("reading " + key + " was interrupted", interrupted);
    }
  }
}
