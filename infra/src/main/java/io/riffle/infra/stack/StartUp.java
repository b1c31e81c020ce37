package io.riffle.infra.stack;

import io.riffle.operations.site.StackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * One run of {@code up}: starts what does not run, side by side as far as needs allow; what it
 * started itself it stops again when something fails.
 */
final class StartUp {
  private final Consumer<String> progress;
  private final List<Service> started = Collections.synchronizedList(new ArrayList<>());

  StartUp(Consumer<String> progress) {
    this.progress = progress;
  }

  /**
   * Returns when all answer.
   *
   * @throws StackException with the first failure, after the others have come to an end
   */
  void start(List<Service> services) {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Map<String, CompletableFuture<Void>> byName = new LinkedHashMap<>();
      for (Service service : services) {
        byName.put(
            service.component().name(),
            needed(service, byName).thenRunAsync(() -> bringUp(service), threads));
      }
      CompletableFuture.allOf(byName.values().toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw plain(e.getCause());
    } finally {
      threads.shutdown();
    }
  }

  /** Stops what this run has started. */
  void undo() {
    List<Service> mine = new ArrayList<>(started);
    Collections.reverse(mine);
    mine.forEach(Service::stop);
  }

  private static CompletableFuture<Void> needed(
      Service service, Map<String, CompletableFuture<Void>> earlier) {
    return CompletableFuture.allOf(
        service.component().needs().stream()
            .map(earlier::get)
            .filter(Objects::nonNull)
            .toArray(CompletableFuture[]::new));
  }

  private void bringUp(Service service) {
    if (service.isUpToDate()) {
      service.awaitAnswer();
      progress.accept(service.name() + " runs");
      return;
    }
    boolean outdated = service.isRunning();
    if (outdated) {
      service.stop();
    }
    long begin = System.nanoTime();
    // noted before it runs: a failure half-way has to be undone too
    started.add(service);
    service.start();
    String how = outdated ? "restarted (its configuration or program changed)" : "started";
    double seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0;
    progress.accept(String.format(Locale.ROOT, "%s %s in %.1f s", service.name(), how, seconds));
  }

  private static RuntimeException plain(Throwable failure) {
    return failure instanceof RuntimeException known
        ? known
        : new StackException(failure.toString(), failure);
  }
}
