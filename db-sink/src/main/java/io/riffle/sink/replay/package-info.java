/**
 * Replays in place: records of a merged topic that the sink has read before are written again, by
 * the same writer and behind the same guard, beside the live sink. Start at {@link
 * io.riffle.sink.replay.MergeReplay}. A plan is rows of {@code riffle.replays} and its tables,
 * which somebody else makes; progress moves in the transaction of the rows, so a run that was
 * killed goes on where it was.
 */
package io.riffle.sink.replay;
