package io.riffle.net;

/** What becomes of a request instead of its plain answer. */
public sealed interface HttpFault {

  /**
   * The server is not asked.
   *
   * @param code of the answer, such as 503
   * @param name of the error in the XML that S3 sends, such as {@code SlowDown}
   */
  record Refused(int code, String name) implements HttpFault {}

  /** The connection is reset after so many bytes of the body. */
  record ResetAfter(long bytes) implements HttpFault {}

  /** The connection ends, as if all had been sent, after so many bytes of the body. */
  record EndAfter(long bytes) implements HttpFault {}

  /** The whole answer is shorter: so many bytes of the body, and a Content-Length that says so. */
  record Shortened(long bytes) implements HttpFault {}

  /** Nothing comes after so many bytes of the body, and the connection stays open. */
  record SilentAfter(long bytes) implements HttpFault {}

  /** The body comes at this pace. */
  record Slow(long bytesPerSecond) implements HttpFault {}

  /**
   * Something is done first, such as a change of what is asked for; the server's answer is real.
   */
  record After(Runnable deed) implements HttpFault {}
}
