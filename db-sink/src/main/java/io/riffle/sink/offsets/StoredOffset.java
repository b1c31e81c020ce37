package io.riffle.sink.offsets;

import java.util.UUID;

/**
 * A row of {@code riffle.sink_offsets}.
 *
 * @param partitions partitions of the topic when the row was written
 * @param next the offset that the sink expects next
 */
public record StoredOffset(UUID topicId, int partitions, long next) {}
