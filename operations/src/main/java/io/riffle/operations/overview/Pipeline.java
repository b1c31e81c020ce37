package io.riffle.operations.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One pipeline; its state is its worst part's. What nobody could be asked for is not known, which
 * is another thing than nothing.
 *
 * @param reasons why it is not RUNNING, worst first
 * @param in records that came a second
 * @param out rows that were written a second
 * @param lag messages behind, of all its groups
 * @param behind age of the oldest message that waits; none when none does, too
 * @param drain how long the lag lasts; none when it does not get less
 * @param rejects of the last 24 hours
 * @param lastSuccess when something was last loaded to its end, as far as is known; none before the
 *     first
 */
public record Pipeline(
    String name,
    PipelineState state,
    List<String> reasons,
    Optional<Double> in,
    Optional<Double> out,
    Optional<Long> lag,
    Optional<Duration> behind,
    Optional<Duration> drain,
    Optional<Long> rejects,
    Optional<Instant> lastSuccess) {

  public Pipeline {
    reasons = List.copyOf(reasons);
  }
}
