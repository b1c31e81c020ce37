package io.riffle.infra.stack;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One run of {@code down}: programs first, then what needs others, then the servers at the root.
 */
final class TearDown {
  private final Consumer<String> progress;

  TearDown(Consumer<String> progress) {
    this.progress = progress;
  }

  void stop(List<Service> services) {
    Predicate<Service> program = service -> service.component().afterSetup();
    Predicate<Service> root = service -> service.component().needs().isEmpty();
    wave(services, program);
    wave(services, program.negate().and(root.negate()));
    wave(services, program.negate().and(root));
  }

  private void wave(List<Service> services, Predicate<Service> part) {
    services.stream().filter(part).toList().parallelStream().forEach(this::stop);
  }

  private void stop(Service service) {
    boolean ran = service.isRunning();
    service.stop();
    progress.accept(service.name() + (ran ? " stopped" : " was not running"));
  }
}
