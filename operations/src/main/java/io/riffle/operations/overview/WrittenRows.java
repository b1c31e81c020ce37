package io.riffle.operations.overview;

import io.riffle.operations.lag.LagHistory;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How fast rows are written, over the same span as rates of lags. For one thread. */
final class WrittenRows {
  private final Deque<LedgerFacts> looks = new ArrayDeque<>();

  /** Rows a second up to this look; none at the first one. */
  Optional<Double> add(LedgerFacts now) {
    if (!looks.isEmpty() && now.written() < looks.peekLast().written()) {
      looks.clear(); // the server counts anew
    }
    looks.addLast(now);
    Instant from = now.at().minus(LagHistory.RECENT);
    while (looks.size() > 2 && looks.peekFirst().at().isBefore(from)) {
      looks.removeFirst();
    }
    return looks.size() < 2 ? Optional.empty() : Optional.of(now.writtenSince(looks.peekFirst()));
  }
}
