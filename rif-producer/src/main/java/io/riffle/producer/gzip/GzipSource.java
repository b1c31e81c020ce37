package io.riffle.producer.gzip;

import io.riffle.producer.gzip.GzipException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;

/** The compressed bytes, from which headers and trailers are taken byte by byte. */
final class GzipSource {

  private static final int ID1 = 0x1f;
  private static final int ID2 = 0x8b;
  private static final int DEFLATE = 8;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int RESERVED_FLAGS = 0xe0;
  private static final int TIME_EXTRA_FLAGS_SYSTEM = 6;
  private static final int MAX_TEXT = 64 * 1024;

  private final InputStream in;
  private final byte[] buffer;
  private int position;
  private int limit;
  private long consumed;

  GzipSource(InputStream in, int bufferBytes) {
    this.in = in;
    this.buffer = new byte[bufferBytes];
  }

  /** Compressed bytes taken so far. */
  long consumed() {
    return consumed;
  }

  boolean atEnd() throws IOException {
    return !refill();
  }

  /** Gives the inflater what is buffered; at least one byte. */
  void fill(Inflater inflater) throws IOException {
    if (!refill()) {
      throw cutOff();
    }
    inflater.setInput(buffer, position, limit - position);
    consumed += limit - position;
    position = limit;
  }

  /** Takes back what the inflater did not need of its last input. */
  void giveBack(int bytes) {
    position -= bytes;
    consumed -= bytes;
  }

  void skipHeader() throws IOException {
    if (next() != ID1 || next() != ID2) {
      throw new GzipException(Problem.INVALID, "bytes that are no gzip");
    }
    if (next() != DEFLATE) {
      throw new GzipException(Problem.INVALID, "an unknown gzip compression");
    }
    int flags = next();
    if ((flags & RESERVED_FLAGS) != 0) {
      throw new GzipException(Problem.INVALID, "unknown gzip flags");
    }
    skip(TIME_EXTRA_FLAGS_SYSTEM);
    skipOptional(flags);
  }

  long littleEndianInt() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      value |= (long) next() << shift;
    }
    return value;
  }

  void close() throws IOException {
    in.close();
  }

  private void skipOptional(int flags) throws IOException {
    if ((flags & FLAG_EXTRA) != 0) {
      int low = next();
      skip(low | next() << Byte.SIZE);
    }
    if ((flags & FLAG_NAME) != 0) {
      skipText();
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipText();
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      skip(2);
    }
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    for (int length = 0; next() != 0; length++) {
      if (length > MAX_TEXT) {
        throw new GzipException(Problem.INVALID, "an endless gzip header");
      }
    }
  }

  private int next() throws IOException {
    if (!refill()) {
      throw cutOff();
    }
    consumed++;
    return buffer[position++] & 0xff;
  }

  private boolean refill() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, in.read(buffer, 0, buffer.length));
    }
    return limit > 0;
  }

  private static GzipException cutOff() {
    return new GzipException(Problem.INVALID, "the gzip data breaks off");
  }
}
