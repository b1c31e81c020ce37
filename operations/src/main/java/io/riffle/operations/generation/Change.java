package io.riffle.operations.generation;

/**
 * A change of generation, as far as it is.
 *
 * @param generation that the set goes to
 * @param isCurrent whether it is there
 */
record Change(int generation, boolean isCurrent, Step step) {

  /** What is under way. */
  enum Step {
    /** Files come to their end, and the raw topics are looked at. */
    HOLD,
    /** Raw records are copied. */
    FILL,
    /** They are merged. */
    MERGE,
    /** Tables are rebuilt. */
    TABLES,
    /** The set is at the generation. */
    SWITCHED
  }

  boolean isBefore(Step other) {
    return step.compareTo(other) < 0;
  }
}
