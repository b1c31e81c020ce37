package io.riffle.console.lag;

/**
 * A lag at a moment.
 *
 * @param second of the epoch
 * @param behind seconds; NaN when not known
 */
public record Point(long second, long lag, float behind) {}
