package io.riffle.cdc.run;

import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.source.SourceSpec;
import io.riffle.failure.Failure;
import io.riffle.failure.Pause;
import io.riffle.failure.SqlFailures;
import io.riffle.process.StopSignal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A keeper for each source of the ledger: a source must not wait for another one. */
final class Keepers implements Runnable, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Keepers.class);
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final Keeper.Neighbours neighbours;
  private final Optional<List<SourceSpec>> declared;
  private final StopSignal stop = new StopSignal();
  private final Map<String, KeeperThread> keepers = new HashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean toldDeclared;

  /**
   * Keepers.
   *
   * @param declared what {@code cdc.yaml} says; none: there is no such file
   */
  Keepers(Keeper.Neighbours neighbours, Optional<List<SourceSpec>> declared) {
    this.neighbours = neighbours;
    this.declared = declared;
  }

  /** Returns when closed. */
  @Override
  public void run() {
    try (Pause pause = Pause.of(neighbours.config().topics().set(), "cdc-sources")) {
      while (!stop.isGiven()) {
        try (Connection ledger = neighbours.config().database().open()) {
          step(new Sources(ledger));
          pause.succeeded();
        } catch (SQLException e) {
          Failure failure = SqlFailures.of(e).ofBookkeeping();
          pause.failed(failure);
        } catch (RuntimeException e) {
          log.atError().setCause(e).log("unforeseen; it goes on");
          pause.failed(Failure.ofDefect(e));
        }
        stop.await(neighbours.config().watch());
      }
    }
  }

  private synchronized void step(Sources sources) throws SQLException {
    if (!toldDeclared) {
      if (declared.isPresent()) {
        declare(sources, declared.get());
      }
      toldDeclared = true;
    }
    keepers.values().removeIf(KeeperThread::isRemoved);
    threads.removeIf(thread -> !thread.isAlive());
    for (CapturedSource source : sources.all()) {
      if (!keepers.containsKey(source.name()) && !stop.isGiven()) {
        begin(source.name());
      }
    }
  }

  private static void declare(Sources sources, List<SourceSpec> declared) throws SQLException {
    Set<String> names = declared.stream().map(SourceSpec::name).collect(Collectors.toSet());
    for (SourceSpec one : declared) {
      if (!sources.add(one, true, "cdc.yaml")) {
        sources.redeclare(one);
      }
    }
    for (CapturedSource source : sources.all()) {
      if (source.declared() && !names.contains(source.name())) {
        sources.undeclare(source.name());
      }
    }
  }

  private void begin(String source) {
    KeeperThread keeper = new KeeperThread(neighbours, source, stop);
    Thread thread = new Thread(keeper, "keeper-" + source);
    keepers.put(source, keeper);
    threads.add(thread);
    thread.start();
  }

  /** Ends all keepers; connectors go on by themselves. */
  @Override
  public void close() {
    stop.give();
    List<Thread> running;
    synchronized (this) {
      running = List.copyOf(threads);
    }
    long until = System.nanoTime() + GRACE.toNanos();
    try {
      for (Thread thread : running) {
        thread.join(Math.max(1, Duration.ofNanos(until - System.nanoTime()).toMillis()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
