package io.riffle.sink.replay;

import java.util.List;

/**
 * A replay as a run begins it.
 *
 * @param forced whether rows of the same version are written again
 * @param ranges those that are done, too
 */
record Replay(boolean forced, WantedKeys keys, List<ReplayRange> ranges, ReplayProgress progress) {}
