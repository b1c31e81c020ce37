package io.riffle.producer.publish;

import io.riffle.producer.gzip.GzipLimits;
import io.riffle.producer.gzip.StrictGzipStream;
import io.riffle.producer.s3.ObjectChangedException;
import io.riffle.producer.s3.ObjectFacts;
import io.riffle.producer.s3.ObjectStore;
import io.riffle.schemas.control.Split;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The decompressed bytes of a gzip object, taken chunk by chunk in order. */
final class GzipChain {

  private static final Logger log = LoggerFactory.getLogger(GzipChain.class);

  private final String s3Key;
  private final String eTag;
  private final InputStream decompressed;
  private long position;

  private GzipChain(Split split, InputStream decompressed) {
    this.s3Key = split.s3Key();
    this.eTag = split.eTag();
    this.decompressed = decompressed;
  }

  /** Opens the object and goes to the split's first byte. */
  static GzipChain open(ObjectStore store, Split split) throws IOException {
    ObjectFacts facts = store.facts(split.s3Key());
    if (!facts.eTag().equals(split.eTag())) {
      throw new ObjectChangedException(split.s3Key());
    }
    InputStream stored = store.range(split.s3Key(), split.eTag(), 0, facts.bytes());
    GzipChain chain = new GzipChain(split, new StrictGzipStream(stored, GzipLimits.NONE));
    chain.skipTo(split.start());
    return chain;
  }

  /** Whether the split is of the same object and its first byte is still to come. */
  boolean reaches(Split split) {
    return s3Key.equals(split.s3Key()) && eTag.equals(split.eTag()) && position <= split.start();
  }

  /** The split's bytes; what is before it is read over, as a redrive leaves splits out. */
  InputStream chunk(Split split) throws IOException {
    if (position < split.start()) {
      skipTo(split.start());
    }
    return new Chunk(split.end());
  }

  void close() {
    try {
      decompressed.close();
    } catch (IOException e) {
      log.atDebug().setCause(e).log("closing an object failed");
    }
  }

  private void skipTo(long start) throws IOException {
    if (start > 0) {
      log.atDebug().addKeyValue("s3Key", s3Key).addKeyValue("bytes", start).log("gzip skipped");
    }
    try {
      decompressed.skipNBytes(start - position);
      position = start;
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private final class Chunk extends InputStream {
    private final long end;

    Chunk(long end) {
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (position == end) {
        return -1;
      }
      int read = decompressed.read(into, offset, (int) Math.min(length, end - position));
      position += Math.max(0, read);
      return read;
    }
  }
}
