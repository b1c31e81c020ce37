/**
 * Where the sink stands: the rows of {@code riffle.sink_offsets}, the facts of the log, and {@link
 * io.riffle.sink.offsets.PositionCheck}, which compares the two.
 */
package io.riffle.sink.offsets;
