package io.riffle.infra.stack;

import io.riffle.infra.component.Component;
import io.riffle.infra.process.Launch;
import io.riffle.infra.process.Launcher;
import io.riffle.infra.process.LogFile;
import io.riffle.infra.process.OsProcess;
import io.riffle.infra.process.RunRecord;
import io.riffle.infra.process.RunRecords;
import io.riffle.infra.site.Site;
import io.riffle.operations.site.SetName;
import io.riffle.operations.site.StackException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** One component at one site: its process, found by its run record. */
final class Service {
  private static final int LOG_LINES = 15;

  private final Component component;
  private final Site site;
  private final RunRecords records;
  private final LogFile log;
  private final Clock clock;

  Service(Component component, Site site, Clock clock) {
    this.component = component;
    this.site = site;
    this.records = new RunRecords(site.folder().runs());
    this.log = new LogFile(site.folder().log(instance(component, site)));
    this.clock = clock;
  }

  String name() {
    return instance(component, site);
  }

  Component component() {
    return component;
  }

  /** Where it answers Prometheus, {@code host:port}; empty: nowhere. */
  Optional<String> metrics() {
    return component.metricsPort(site).filter(site.ports()::knows).map(site::address);
  }

  SetName set() {
    return site.set();
  }

  boolean isRunning() {
    return running().isPresent();
  }

  /** Ports are fixed for all services before the first one starts: they refer to each other. */
  void claimPorts() {
    boolean running = isRunning();
    component
        .ports(site)
        .forEach(
            (port, usual) -> {
              if (!running || !site.ports().knows(port)) { // of a build that had no such port
                site.ports().assign(port, usual);
              }
            });
  }

  /** True when a process runs, with the command and configuration that it would get now. */
  boolean isUpToDate() {
    return running()
        .map(run -> run.fingerprint().equals(component.launch(site).fingerprint()))
        .orElse(false);
  }

  /** Waits until a process that runs answers: who started it may have been killed meanwhile. */
  void awaitAnswer() {
    running().filter(run -> !answers(run.process(), Duration.ZERO)).ifPresent(run -> endedEarly());
  }

  /** Starts a process and waits until it answers. */
  void start() {
    Launch launch = component.launch(site);
    component.prepare(site);
    if (!starts(launch)) {
      endedEarly();
    }
  }

  private void endedEarly() {
    records.forget(name());
    throw new StackException(name() + " ended right after its start" + logEnd());
  }

  void stop() {
    running().ifPresent(run -> run.process().end(component.stopSignal(), component.stopPatience()));
    records.forget(name());
  }

  /** As a crash would: the record stays, so the service counts as failed. */
  void kill() {
    running().orElseThrow(() -> new StackException(name() + " does not run")).process().kill();
  }

  ServiceStatus status() {
    Optional<RunRecord> run = records.find(name());
    boolean alive = run.isPresent() && run.get().process().isAlive();
    Map<String, Integer> ports = run.map(RunRecord::ports).orElse(Map.of());
    if (!alive) {
      ServiceState state = run.isPresent() ? ServiceState.FAILED : ServiceState.STOPPED;
      return new ServiceStatus(
          name(),
          component.name(),
          state,
          OptionalLong.empty(),
          ports,
          OptionalLong.empty(),
          Optional.empty(),
          log.path());
    }
    OsProcess process = run.get().process();
    return new ServiceStatus(
        name(),
        component.name(),
        ServiceState.RUNNING,
        OptionalLong.of(process.pid()),
        new TreeMap<>(ports),
        process.memory(),
        Optional.of(Duration.between(process.startedAt(), clock.instant())),
        log.path());
  }

  private Optional<RunRecord> running() {
    return records.find(name()).filter(run -> run.process().isAlive());
  }

  /** False when the process ended before it answered. */
  private boolean starts(Launch launch) {
    OsProcess process = new Launcher().start(launch, site.folder().home(), log);
    records.save(
        new RunRecord(
            name(),
            component.name(),
            process.pid(),
            process.startedAt(),
            usedPorts(),
            log.path(),
            launch.fingerprint()));
    return answers(process, component.settles());
  }

  /** False when the process ended before it answered, and was alive for that long. */
  private boolean answers(OsProcess process, Duration settles) {
    long begin = System.nanoTime();
    long settled = begin + settles.toNanos();
    long deadline = begin + component.startPatience().toNanos();
    Exception last = null;
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        return false;
      }
      try {
        component.check(site);
        if (System.nanoTime() >= settled) {
          return true;
        }
      } catch (Exception e) {
        last = e;
      }
      pause();
    }
    stop();
    throw new StackException(
        "%s does not answer after %d s (%s)%s"
            .formatted(name(), component.startPatience().toSeconds(), last, logEnd()));
  }

  private Map<String, Integer> usedPorts() {
    Map<String, Integer> used = new TreeMap<>();
    component.ports(site).keySet().forEach(port -> used.put(port, site.ports().get(port)));
    return used;
  }

  private String logEnd() {
    List<String> lines = log.tail(LOG_LINES);
    return lines.isEmpty()
        ? "; its log " + log.path() + " is empty"
        : "; last lines of " + log.path() + ":\n  " + String.join("\n  ", lines);
  }

  private static String instance(Component component, Site site) {
    return component.perSet() ? site.instance(component.name()) : component.name();
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted", e);
    }
  }
}
