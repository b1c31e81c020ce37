package io.riffle.sink.replay;

/** What came of a run. */
public sealed interface ReplayEnd {
  ReplayProgress progress();

  /** Everything planned is in the tables. */
  record Done(ReplayProgress progress) implements ReplayEnd {}

  /** Somebody cancelled it; what was written stays. */
  record Cancelled(ReplayProgress progress) implements ReplayEnd {}

  /** It can be run again, and goes on where it was. */
  record Failed(ReplayProgress progress, String reason) implements ReplayEnd {}
}
