package io.riffle.infra.pauses;

import java.time.Instant;

/**
 * A part of a program that does not work now.
 *
 * @param stopped whether it will not go on by itself
 * @param cause what the neighbour said: SQLSTATE, HTTP status, name of an exception
 * @param failures in a row
 */
public record PausedPart(
    String set,
    String part,
    boolean stopped,
    Instant since,
    String neighbour,
    String verdict,
    String cause,
    String text,
    int failures) {}
