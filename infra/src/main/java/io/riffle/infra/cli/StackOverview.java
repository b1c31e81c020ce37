package io.riffle.infra.cli;

import io.riffle.infra.pauses.PausedPart;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.ServiceState;
import io.riffle.operations.overview.Overview;
import io.riffle.operations.overview.OverviewReader;
import io.riffle.operations.overview.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pipelines of the local stack. */
final class StackOverview {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  private StackOverview() {}

  /** None while Kafka does not run: nothing is known of the pipelines then. */
  static Optional<Overview> of(LocalStack stack, Map<String, List<PausedPart>> pauses)
      throws InterruptedException {
    if (!isRunning(stack, "kafka")) {
      return Optional.empty();
    }
    List<Standing> standings =
        pauses.values().stream()
            .flatMap(List::stream)
            .filter(part -> !part.part().startsWith("cdc-"))
            .map(StackOverview::standing)
            .toList();
    try (OverviewReader reader = new OverviewReader(stack.endpoints(), PATIENCE, () -> standings)) {
      reader.look();
      Thread.sleep(BETWEEN.toMillis());
      return Optional.of(reader.look());
    }
  }

  private static boolean isRunning(LocalStack stack, String service) {
    return stack.status().stream()
        .anyMatch(one -> one.name().equals(service) && one.state() == ServiceState.RUNNING);
  }

  private static Standing standing(PausedPart part) {
    return Standing.ofPart(part.part(), part.stopped(), part.neighbour(), part.cause());
  }
}
