package io.riffle.schemas.control;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The mark of a record on a raw topic that is delivered again because it was rejected somewhere:
 * the header {@value #HEADER}, without a value. The merge-processor may know such a record already,
 * yet whoever rejected it does not, so it answers with the key's current state.
 */
public final class Redriven {

  /** Name of the header. */
  public static final String HEADER = "riffle-redrive";

  private static final byte[] NOTHING = {};

  private Redriven() {}

  /** The header to add. */
  public static Header header() {
    return new RecordHeader(HEADER, NOTHING);
  }

  /** Whether a record is so marked. */
  public static boolean marks(Headers headers) {
    return headers.lastHeader(HEADER) != null;
  }
}
