/**
 * Rounds: the contenders one after the other on the same data, again and again. Start at {@link
 * io.riffle.bench.round.RifBench} or {@link io.riffle.bench.round.ScaleBench}.
 */
package io.riffle.bench.round;
