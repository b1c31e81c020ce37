package io.riffle.producer.gzip;

import java.io.IOException;

/** The bytes are no gzip that we accept. */
public final class GzipException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Problem {
    /** Not gzip, damaged, cut off, or with bytes after its end. */
    INVALID,
    /** Beyond the limits. */
    TOO_LARGE
  }

  private final Problem problem;

  GzipException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
