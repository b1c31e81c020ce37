package io.riffle.console.history;

import io.riffle.process.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what others keep in memory written to a file now and then and at the end, by a thread of its
 * own, and given back to them at the start. Without a file it does nothing. A disk that does not
 * take it is told once and tried again; nobody waits for it.
 */
public final class HistoryKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HistoryKeeper.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration PARTING = Duration.ofSeconds(10);

  private final Optional<HistoryFile> file;
  private final List<? extends Remembering> all;
  private final Clock clock;
  private final StopSignal stop = new StopSignal();
  private final Thread thread = new Thread(this::run, "history");
  private boolean failing;

  /**
   * @param path of the file; none: nothing is kept over a restart
   */
  public HistoryKeeper(Optional<Path> path, List<? extends Remembering> all, Clock clock) {
    this.file = path.map(HistoryFile::new);
    this.all = List.copyOf(all);
    this.clock = clock;
  }

  /** Gives back what was written before, and begins to write. */
  public void start() {
    file.ifPresent(
        kept -> {
          restore(kept);
          thread.setDaemon(true);
          thread.start();
        });
  }

  /** What cannot be read is no reason not to start; the next minute writes over it. */
  private void restore(HistoryFile kept) {
    if (!kept.exists()) {
      return;
    }
    long start = System.nanoTime();
    try {
      kept.read(trace -> {}); // half of it is worse than nothing
      int traces = kept.read(trace -> all.forEach(one -> one.restore(trace, clock.instant())));
      log.atInfo()
          .addKeyValue("traces", traces)
          .addKeyValue("millis", (System.nanoTime() - start) / 1_000_000)
          .log("history is back");
    } catch (IOException | RuntimeException e) {
      log.atWarn()
          .addKeyValue("error", e.getClass().getSimpleName())
          .addKeyValue("why", String.valueOf(e.getMessage()))
          .log("the history of before cannot be read: graphs begin anew");
    }
  }

  private void run() {
    while (!stop.await(EVERY)) {
      write();
    }
    write();
  }

  private void write() {
    long start = System.nanoTime();
    try {
      file.orElseThrow().write(all);
      failing = false;
      log.atDebug()
          .addKeyValue("millis", (System.nanoTime() - start) / 1_000_000)
          .log("history is written");
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        log.atWarn()
            .addKeyValue("error", e.getClass().getSimpleName())
            .addKeyValue("why", String.valueOf(e.getMessage()))
            .log("the history cannot be written: it will not survive a restart");
      }
      failing = true;
    }
  }

  /** Writes once more. */
  @Override
  public void close() {
    stop.give();
    try {
      thread.join(PARTING.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
