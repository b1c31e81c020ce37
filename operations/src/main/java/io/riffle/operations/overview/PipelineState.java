package io.riffle.operations.overview;

/** How a pipeline does; a later one is worse. */
public enum PipelineState {
  /** Everything works. */
  RUNNING,
  /** It goes on, and something is amiss. */
  DEGRADED,
  /** A part waits: for a neighbour that fails, or because somebody wants it to. */
  PAUSED,
  /** A part does not run. */
  STOPPED,
  /** A part has given up: nothing goes on without somebody. */
  FAILED;

  /** The worse of the two. */
  public PipelineState worse(PipelineState other) {
    return compareTo(other) < 0 ? other : this;
  }
}
