package io.riffle.infra.cli;

import io.riffle.infra.replay.ReplayRunner;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells on stderr how far a run is: now and then a line with rate and what is left. */
final class ReplayWatch implements ReplayRunner.Watcher, AutoCloseable {
  private static final long EVERY = Duration.ofSeconds(2).toNanos();

  private final Consumer<String> told;
  private final long start = System.nanoTime();
  private long last = start;
  private long doneAtStart = -1;

  ReplayWatch(Consumer<String> told) {
    this.told = told;
  }

  /** Nothing is told where the output is for a program. */
  static ReplayWatch of(StackOptions options) {
    return new ReplayWatch(options.json() ? line -> {} : System.err::println);
  }

  @Override
  public void at(long planned, long done, long scanned) {
    if (doneAtStart < 0) {
      doneAtStart = done;
    }
    long now = System.nanoTime();
    if (now - last >= EVERY) {
      last = now;
      told.accept(line(planned, done, scanned, Duration.ofNanos(now - start)));
    }
  }

  @Override
  public void note(String what) {
    told.accept(what);
  }

  /** What is scanned is half done: it is read a second time. */
  String line(long planned, long done, long scanned, Duration elapsed) {
    double behind = done - doneAtStart + scanned / 2.0;
    double rate = behind / Math.max(1, elapsed.toMillis()) * 1000;
    String left =
        rate <= 0
            ? "-"
            : ReplayReport.duration(
                Duration.ofMillis(Math.round((planned - doneAtStart - behind) / rate * 1000)));
    return String.format(
        Locale.ROOT,
        "%d of %d records (%.0f %%), %.0f/s, left: %s%s",
        done,
        planned,
        planned == 0 ? 0 : 100.0 * (done + scanned / 2.0) / planned,
        rate,
        left,
        scanned > 0 ? ", looking for the newest record of each key" : "");
  }

  @Override
  public void close() {
    // Each line stands for itself.
  }
}
