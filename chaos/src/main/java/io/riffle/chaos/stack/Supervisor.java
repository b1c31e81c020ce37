package io.riffle.chaos.stack;

import io.riffle.infra.process.OsProcess;
import io.riffle.infra.process.RunRecords;
import io.riffle.infra.site.StackFolder;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.ServiceState;
import io.riffle.infra.stack.ServiceStatus;
import io.riffle.operations.site.StackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Ends services of the stack, by their plain names, starts those that are down as a supervisor
 * would, and notes how long they take. For one thread.
 */
public final class Supervisor {

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
  private static final Duration RECOVERY_PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(100);

  private final LocalStack stack;
  private final Members members;
  private final Consumer<String> progress;

  /** Services that chaos ended and has not started again, with the members of their groups. */
  private final Map<String, Set<String>> killed = new HashMap<>();

  private final Set<String> stopped = new HashSet<>();
  private final Map<String, Integer> ended = new TreeMap<>();
  private final List<Recovery> recoveries = new ArrayList<>();

  Supervisor(LocalStack stack, Consumer<String> progress) {
    this.stack = stack;
    this.members = new Members(stack.endpoints());
    this.progress = progress;
  }

  /** Ends a service as a crash would. */
  public void kill(String service) {
    if (isRunning(service)) {
      killed.put(service, members.now(service));
      stack.kill(instance(service));
    }
  }

  /** Ends a service with a signal, and waits until it is gone. */
  public void stop(String service, String signal) {
    if (isRunning(service)) {
      stopped.add(service);
      process(service).end(signal, STOP_PATIENCE);
    }
  }

  /** If a service ends now, a fault has made it. */
  public void mayEnd(String service) {
    stopped.add(service);
  }

  /** The process of a service, running or not. */
  public OsProcess process(String service) {
    return new RunRecords(new StackFolder(stack.home()).runs())
        .find(instance(service))
        .orElseThrow(() -> new StackException(service + " was never started"))
        .process();
  }

  public boolean isRunning(String service) {
    return status(service).state() == ServiceState.RUNNING;
  }

  /**
   * Starts all services that are down, those first that others need, and waits until those that
   * were killed are of use again.
   *
   * @throws StackException when one is not
   */
  public void raise() throws InterruptedException {
    Map<String, Long> begun = new HashMap<>();
    for (ServiceStatus status : stack.status()) {
      if (status.state() != ServiceState.RUNNING) {
        String service = status.component();
        noteEnd(service);
        progress.accept("start " + service);
        begun.put(service, System.nanoTime());
        stack.restart(status.name());
        if (killed.containsKey(service) && !members.has(service)) {
          recovered(service, begun);
        }
      }
    }
    for (String service : begun.keySet()) {
      if (killed.containsKey(service) && members.has(service)) {
        awaitMembers(service, begun);
      }
    }
    killed.clear();
    stopped.clear();
  }

  /** A service that ended by itself: a supervisor would start it again, and so do we. */
  private void noteEnd(String service) {
    if (!killed.containsKey(service) && !stopped.contains(service)) {
      progress.accept(service + " has ended by itself");
      ended.merge(service, 1, Integer::sum);
    }
  }

  private void awaitMembers(String service, Map<String, Long> begun) throws InterruptedException {
    long deadline = System.nanoTime() + RECOVERY_PATIENCE.toNanos();
    while (!members.anew(service, killed.get(service))) {
      if (System.nanoTime() > deadline) {
        throw new StackException(
            service + " is not back after " + RECOVERY_PATIENCE.toSeconds() + " s");
      }
      Thread.sleep(POLL.toMillis());
    }
    recovered(service, begun);
  }

  private void recovered(String service, Map<String, Long> begun) {
    Duration time = Duration.ofNanos(System.nanoTime() - begun.get(service));
    progress.accept(service + " is back after " + time.toMillis() + " ms");
    recoveries.add(new Recovery(service, time));
  }

  /** Of all services that were killed so far. */
  public List<Recovery> recoveries() {
    return List.copyOf(recoveries);
  }

  /** How often services ended that nobody had told to. */
  public Map<String, Integer> endedByThemselves() {
    return Map.copyOf(ended);
  }

  private ServiceStatus status(String service) {
    return stack.status().stream()
        .filter(status -> status.component().equals(service))
        .findFirst()
        .orElseThrow();
  }

  /** Its name with that of the set. */
  String instance(String service) {
    return status(service).name();
  }
}
