package io.riffle.operations.rejects;

import java.util.Optional;

/**
 * A request to redrive rejects of a file.
 *
 * @param file S3 key
 * @param status REQUESTED, PLANNED, DONE or REFUSED
 * @param attempt of the file, once it is planned
 * @param rejects how many it is for
 * @param redriven how many of them went through
 * @param detail why it was refused
 */
public record RedriveState(
    long id,
    String file,
    String status,
    Optional<Integer> attempt,
    long rejects,
    long redriven,
    Optional<String> detail) {

  public boolean isOver() {
    return status.equals("DONE") || status.equals("REFUSED");
  }

  /** Whether all of them went through. */
  public boolean isClean() {
    return status.equals("DONE") && redriven == rejects;
  }
}
