package io.riffle.bench.round;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;

/**
 * What to measure.
 *
 * @param lines of each claim; 0 for 1 to 67, mostly few
 * @param runs rounds that count
 * @param warmup records to be loaded before the first of them
 */
public record RoundPlan(Layouts layouts, Layout layout, int lines, int runs, long warmup) {}
