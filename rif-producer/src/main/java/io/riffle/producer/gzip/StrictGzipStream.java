package io.riffle.producer.gzip;

import io.riffle.producer.gzip.GzipException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952), one member after the other. Java's own stream takes bytes after the
 * last member for the end; here they are an error, as is an end before the trailer. Not for use by
 * several threads.
 */
public final class StrictGzipStream extends InputStream {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final GzipSource source;
  private final GzipLimits limits;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private boolean inMember;
  private long decompressed;
  private long inMemberBytes;

  /** Takes the compressed stream over: closing this one closes it. */
  public StrictGzipStream(InputStream compressed, GzipLimits limits) {
    this.source = new GzipSource(compressed, BUFFER_BYTES);
    this.limits = limits;
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
    while (inMember || nextMember()) {
      int read = inflate(into, offset, length);
      if (read > 0) {
        return read;
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    source.close();
  }

  /** False at the end of the object; the first member must be there. */
  private boolean nextMember() throws IOException {
    if (decompressed + source.consumed() > 0 && source.atEnd()) {
      return false;
    }
    source.skipHeader();
    inflater.reset();
    crc.reset();
    inMemberBytes = 0;
    inMember = true;
    return true;
  }

  private int inflate(byte[] into, int offset, int length) throws IOException {
    try {
      if (inflater.needsInput() && !inflater.finished()) {
        source.fill(inflater);
      }
      int read = inflater.inflate(into, offset, length);
      count(into, offset, read);
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsDictionary()) {
        throw new GzipException(Problem.INVALID, "gzip data needs a dictionary");
      }
      return read;
    } catch (DataFormatException e) {
      throw new GzipException(Problem.INVALID, "damaged gzip data");
    }
  }

  private void count(byte[] bytes, int offset, int length) throws GzipException {
    crc.update(bytes, offset, length);
    decompressed += length;
    inMemberBytes += length;
    if (limits.exceededBy(source.consumed(), decompressed)) {
      throw new GzipException(Problem.TOO_LARGE, "decompresses to more than the limits allow");
    }
  }

  private void endMember() throws IOException {
    source.giveBack(inflater.getRemaining());
    long expectedCrc = source.littleEndianInt();
    long expectedLength = source.littleEndianInt();
    if (expectedCrc != crc.getValue() || expectedLength != (inMemberBytes & 0xffffffffL)) {
      throw new GzipException(Problem.INVALID, "the gzip checksum is another one");
    }
    inMember = false;
  }
}
