package io.riffle.producer.rif;

import java.io.IOException;
import java.io.InputStream;

/**
 * Turns splits into Avro records. Its buffers are used again for the next split of the same file or
 * of others with the same plan. For one thread.
 */
public final class SplitReader {

  /**
   * A reader of splits under one header.
   *
   * @param reserved bytes in front of each value that the receiver may write
   */
  public SplitReader(HeaderPlan plan, int reserved) {
    throw new UnsupportedOperationException(plan + " " + reserved);
  }

  /**
   * Reads one split.
   *
   * @param in the split's bytes and none beyond; not closed
   * @throws IOException when {@code in} fails; records before were received
   */
  public SplitTotals read(InputStream in, SplitPlace place, RecordReceiver receiver)
      throws IOException {
    throw new UnsupportedOperationException(in + " " + place + receiver);
  }
}
