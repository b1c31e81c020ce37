package io.riffle.infra.cli;

import io.riffle.infra.pauses.PausedPart;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.ServiceState;
import io.riffle.infra.stack.ServiceStatus;
import io.riffle.operations.overview.Overview;
import io.riffle.operations.overview.OverviewReader;
import io.riffle.operations.overview.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The pipelines of the local stack. */
final class StackOverview {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  /** With what does not run: it is away, and need not be waited for. */
  private static final Duration IMPATIENCE = Duration.ofSeconds(2);

  private StackOverview() {}

  /** None of a stack that does not run; what is away of one that does is a reason. */
  static Optional<Overview> of(LocalStack stack, Map<String, List<PausedPart>> pauses)
      throws InterruptedException {
    Set<String> running = running(stack);
    if (running.isEmpty()) {
      return Optional.empty();
    }
    boolean whole = running.containsAll(Set.of("kafka", "postgres"));
    Duration patience = whole ? PATIENCE : IMPATIENCE;
    List<Standing> standings =
        pauses.values().stream()
            .flatMap(List::stream)
            .filter(part -> !part.part().startsWith("cdc-"))
            .map(StackOverview::standing)
            .toList();
    try (OverviewReader reader = new OverviewReader(stack.endpoints(), patience, () -> standings)) {
      Overview overview = reader.look();
      if (whole) { // else there are no rates to wait for
        Thread.sleep(BETWEEN.toMillis());
        overview = reader.look();
      }
      return Optional.of(overview);
    }
  }

  private static Set<String> running(LocalStack stack) {
    return stack.status().stream()
        .filter(one -> one.state() == ServiceState.RUNNING)
        .map(ServiceStatus::name)
        .collect(Collectors.toSet());
  }

  private static Standing standing(PausedPart part) {
    return Standing.ofPart(part.part(), part.stopped(), part.neighbour(), part.cause());
  }
}
