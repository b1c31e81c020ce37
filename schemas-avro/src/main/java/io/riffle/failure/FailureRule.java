package io.riffle.failure;

/**
 * A line of the table.
 *
 * @param code what the neighbour says; {@link #OTHER} for what is in no line
 * @param meaning for people
 * @param remedy what ends it
 */
public record FailureRule(
    Neighbour neighbour, String code, Verdict verdict, String meaning, String remedy) {
  static final String OTHER = "OTHER";
}
