package io.riffle.cdc.connector;

import java.util.Optional;

/**
 * How a connector of one task is.
 *
 * @param connector RUNNING, PAUSED, STOPPED, FAILED, UNASSIGNED or RESTARTING
 * @param task the same of its task; none while it has none
 * @param failure what may be shown of what either of them failed with; never a value
 */
public record ConnectorStatus(String connector, Optional<String> task, Optional<String> failure) {
  private static final String RUNNING = "RUNNING";
  private static final String FAILED = "FAILED";

  public boolean isRunning() {
    return connector.equals(RUNNING) && task.filter(RUNNING::equals).isPresent();
  }

  public boolean isFailed() {
    return connector.equals(FAILED) || task.filter(FAILED::equals).isPresent();
  }

  /** Somebody has it wait, in Connect itself. */
  public boolean isPaused() {
    return connector.equals("PAUSED");
  }

  /** Nothing of it works any more, and its offsets can be changed. */
  public boolean isStopped() {
    return connector.equals("STOPPED") && task.isEmpty();
  }
}
