package io.riffle.sink.rebuild;

/**
 * A rebuild cannot go on, and why; never a value. The live tables are as they were, and what was
 * built is kept: it goes on from there when it is run again, or is dropped.
 */
public final class RebuildException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RebuildException(String message) {
    super(message);
  }
}
