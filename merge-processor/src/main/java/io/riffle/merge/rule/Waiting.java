package io.riffle.merge.rule;

import java.util.Optional;

/**
 * A field of a MERGE record that waits for its key or its line.
 *
 * @param line the absent line; empty for a field of the record itself
 * @param column index among the columns of its level
 */
public record Waiting(Optional<Integer> line, int column, Cell cell) {}
