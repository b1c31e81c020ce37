package io.riffle.infra.cli;

import io.riffle.infra.pauses.PausedPart;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.ServiceState;
import io.riffle.infra.stack.ServiceStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells somebody who waits for a load or a redrive, once, that the chain does not work on it and
 * why. A run looks now and then only, and does nothing when it has told.
 */
final class Standstill implements Runnable {

  /** What is in the way of every record, in its order. */
  private static final List<String> CHAIN = List.of("rif-producer", "merge-processor", "connect");

  /** Most waits are over before anybody wonders; and a look asks three processes. */
  private static final Duration INTERVAL = Duration.ofSeconds(3);

  private final Supplier<Optional<String>> problem;
  private final Consumer<String> told;
  private final Clock clock;
  private Instant next;
  private boolean over;

  /**
   * @param problem looks what stands still
   * @param told is given the one line
   */
  Standstill(Supplier<Optional<String>> problem, Consumer<String> told, Clock clock) {
    this.problem = problem;
    this.told = told;
    this.clock = clock;
    this.next = clock.instant().plus(INTERVAL);
  }

  /** Of the stack that is asked for, told on stderr: stdout may be for a program. */
  static Standstill of(StackOptions options) {
    LocalStack stack = options.stack();
    String set = options.set().text();
    return new Standstill(
        () -> problem(set, stack.status(), stack.pauses()), System.err::println, Clock.systemUTC());
  }

  @Override
  public void run() {
    if (over || clock.instant().isBefore(next)) {
      return;
    }
    Optional<String> found = problem.get();
    found.ifPresent(told);
    over = found.isPresent();
    next = clock.instant().plus(INTERVAL);
  }

  /** The first of a set's chain that does not work. */
  static Optional<String> problem(
      String set, List<ServiceStatus> services, Map<String, List<PausedPart>> pauses) {
    return CHAIN.stream()
        .flatMap(component -> services.stream().filter(one -> one.component().equals(component)))
        .flatMap(one -> problem(set, one, pauses.getOrDefault(one.name(), List.of())).stream())
        .findFirst();
  }

  private static Optional<String> problem(
      String set, ServiceStatus service, List<PausedPart> paused) {
    if (service.state() != ServiceState.RUNNING) {
      return Optional.of("waiting: " + service.name() + " is " + service.state());
    }
    return paused.stream()
        .filter(part -> part.set().equals(set)) // all sets share Connect
        .findFirst()
        .map(part -> "waiting: " + service.name() + " pauses, " + text(part));
  }

  private static String text(PausedPart part) {
    return "%s since %s: %s %s: %s"
        .formatted(part.part(), part.since(), part.neighbour(), part.cause(), part.text());
  }
}
