package io.riffle.producer.gzip;

import java.io.IOException;
import java.io.InputStream;

/** A stream that ends after some bytes of another one; closing it closes that one. */
public final class FirstBytes extends InputStream {

  private final InputStream all;
  private long left;

  public FirstBytes(InputStream all, long bytes) {
    this.all = all;
    this.left = bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int read = all.read(into, offset, (int) Math.min(length, left));
    left -= Math.max(0, read);
    return read;
  }

  @Override
  public void close() throws IOException {
    all.close();
  }
}
