package io.riffle.console.history;

import java.io.IOException;
import java.time.Instant;

/** Whoever keeps rings that a restart should not empty. Safe for use by several threads. */
public interface Remembering {

  /** Takes traces one by one. */
  @FunctionalInterface
  interface Sink {
    void accept(Trace trace) throws IOException;
  }

  /** Hands on what it keeps, and holds nobody up meanwhile. */
  void tell(Sink sink) throws IOException;

  /** Takes a trace of before in, if it is one of its own; at the start, before it keeps more. */
  void restore(Trace trace, Instant now);
}
