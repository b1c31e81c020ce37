package io.riffle.producer.run;

import io.riffle.process.StopSignal;

/** A stretch of work on open connections; after a failure there is a new one. */
public interface Session extends AutoCloseable {

  /** Works until the signal is given, and says so. What it throws ends the session. */
  void run(StopSignal stop, Pulse pulse) throws Exception;

  /** Gives up what is open, without an exception. */
  @Override
  void close();

  /** Opens a session. */
  @FunctionalInterface
  interface Opening {
    Session open() throws Exception;
  }
}
