package io.riffle.operations.activity;

import java.util.Optional;

/**
 * Which activities are meant: those for which everything that is given holds.
 *
 * @param before older than the activity of that number
 */
public record ActivityFilter(
    Optional<String> who, Optional<String> action, Optional<Long> before) {}
