package io.riffle.net;

/** Which way bytes go. */
public enum Direction {
  /** Requests. */
  TO_SERVER,
  /** Answers. */
  TO_CLIENT
}
