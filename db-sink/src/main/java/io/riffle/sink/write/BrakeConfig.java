package io.riffle.sink.write;

/**
 * When refused records are held to be the table's fault.
 *
 * @param records that are tried of a type within a batch that does not fit, at least 1
 * @param percent of them; more than these must be refused for one and the same SQLSTATE; 100 turns
 *     the brake off
 */
public record BrakeConfig(int records, int percent) {

  /** Whether so many refusals of all that were tried are too many. */
  boolean isExceeded(int refused, int tried) {
    return refused * 100L > (long) percent * tried;
  }
}
