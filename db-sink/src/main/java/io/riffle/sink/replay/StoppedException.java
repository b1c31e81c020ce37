package io.riffle.sink.replay;

/** A run must not go on, and waiting would not help. Names no values. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whether an operator wanted it. */
  private final boolean cancelled;

  private StoppedException(String message, boolean cancelled) {
    super(message);
    this.cancelled = cancelled;
  }

  /** Somebody cancelled the replay. */
  static StoppedException cancelled() {
    return new StoppedException("it was cancelled", true);
  }

  static StoppedException because(String reason) {
    return new StoppedException(reason, false);
  }

  boolean isCancelled() {
    return cancelled;
  }
}
