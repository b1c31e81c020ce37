package io.riffle.infra.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How far staging is behind a source, from looks at both: for how long a commit has been waited for
 * that is not there, or else how long the newest took that is. A commit between two looks, with a
 * later one of the same source, is not known of: the age is less by up to the time between looks.
 */
final class Lag {

  private final Deque<Instant> waiting = new ArrayDeque<>();

  /**
   * @param committed a moment right before the source's last commit; none before the first
   * @param last the newest change that is there; none before the first
   */
  Duration look(Instant now, Optional<Instant> committed, Optional<StagedTables.Last> last) {
    committed
        .map(moment -> moment.truncatedTo(ChronoUnit.MILLIS)) // events may have no more
        .filter(moment -> waiting.isEmpty() || moment.isAfter(waiting.getLast()))
        .ifPresent(waiting::add);
    last.ifPresent(newest -> waiting.removeIf(moment -> !moment.isAfter(newest.committed())));
    return waiting.isEmpty()
        ? last.map(StagedTables.Last::freshness).orElse(Duration.ZERO)
        : Duration.between(waiting.getFirst(), now);
  }
}
