package io.riffle.operations.lag;

import java.time.Duration;
import java.util.Optional;

/**
 * What some time says of a lag: states and trends of five minutes, rates of the last {@link
 * LagHistory#RECENT}.
 *
 * @param consumed records read a second
 * @param produced records that came a second
 * @param drain how long it takes to read everything, at these rates; zero when nothing is left,
 *     none when it does not get less
 * @param retentionRisk records that were not read have expired, or will before they are read
 */
public record Pace(
    LagState state,
    Trend trend,
    double consumed,
    double produced,
    Optional<Duration> drain,
    boolean retentionRisk) {}
