package io.riffle.infra.component;

import io.riffle.infra.process.Launch;
import io.riffle.infra.site.Site;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One kind of process in the stack. Implementations hold no state. */
public interface Component {
  /** Also the name of its folder in {@code infra/stack} and of its service in docker-compose. */
  String name();

  /** Its file below {@code infra/config}, mounted by docker-compose too. */
  String configFile();

  /** True when each partition set has a process of its own. */
  default boolean perSet() {
    return false;
  }

  /** True for the programs that are started after setup (bucket, database, topics) has run. */
  default boolean afterSetup() {
    return false;
  }

  /** Components that have to answer before this one starts. */
  default Set<String> needs() {
    return Set.of();
  }

  /** Port names and the numbers they usually have. */
  Map<String, Integer> ports(Site site);

  /** The port where it answers Prometheus at {@code /metrics}; empty: nowhere. */
  default Optional<String> metricsPort(Site site) {
    return Optional.empty();
  }

  /** False when its program is not there to be started. */
  default boolean isBuilt(Site site) {
    return Files.isDirectory(site.lib(name()));
  }

  /** Renders the configuration and says what to run. Changes nothing else; called while running. */
  Launch launch(Site site);

  /** What has to be done right before a start: make a data folder, clear what a crash left. */
  default void prepare(Site site) {}

  /**
   * Asks the service for something real.
   *
   * @throws Exception while it does not answer
   */
  void check(Site site) throws Exception;

  /** How long it has to stay alive before its check counts. */
  default Duration settles() {
    return Duration.ZERO;
  }

  default Duration startPatience() {
    return Duration.ofSeconds(90);
  }

  default String stopSignal() {
    return "TERM";
  }

  default Duration stopPatience() {
    return Duration.ofSeconds(30);
  }
}
