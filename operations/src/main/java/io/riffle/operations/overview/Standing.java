package io.riffle.operations.overview;

/**
 * A part that does not work as it should.
 *
 * @param state what that makes of its pipeline
 * @param reason which part, and what is so; never a value
 */
public record Standing(PipelineState state, String reason) {

  /**
   * Of a part that waits for a neighbour, or does not go on by itself.
   *
   * @param cause what the neighbour said: SQLSTATE, HTTP status, name of an exception
   */
  public static Standing ofPart(String part, boolean stopped, String neighbour, String cause) {
    return stopped
        ? new Standing(PipelineState.STOPPED, part + " has stopped: " + cause)
        : new Standing(PipelineState.PAUSED, part + " waits for " + neighbour + ": " + cause);
  }
}
