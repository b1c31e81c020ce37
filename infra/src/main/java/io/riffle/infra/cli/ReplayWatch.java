package io.riffle.infra.cli;

import io.riffle.operations.replay.ReplayRunner;
import io.riffle.sink.rebuild.Step;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells on stderr how far a run is: now and then a line with rate and what is left. */
final class ReplayWatch implements ReplayRunner.Watcher, AutoCloseable {
  private static final long EVERY = Duration.ofSeconds(2).toNanos();

  private final Consumer<String> told;
  private long start = System.nanoTime();
  private long last = start;
  private long doneAtStart = -1;
  private Step step;
  private String note = "";

  ReplayWatch(Consumer<String> told) {
    this.told = told;
  }

  /** Nothing is told where the output is for a program. */
  static ReplayWatch of(StackOptions options) {
    return new ReplayWatch(options.json() ? line -> {} : System.err::println);
  }

  @Override
  public void at(long planned, long done, long scanned) {
    if (step != null && planned == 0) {
      return; // not counted
    }
    if (doneAtStart < 0) {
      doneAtStart = done;
    }
    long now = System.nanoTime();
    if (now - last >= EVERY) {
      last = now;
      told.accept(line(planned, done, scanned, Duration.ofNanos(now - start)));
    }
  }

  /** Each step has counts of its own. Who is waited for is said again and again, with an age. */
  @Override
  public void step(Step now, String text) {
    if (now != step) {
      step = now;
      countAnew();
      tell(now.name());
    }
    boolean due = now != Step.WAIT || System.nanoTime() - last >= EVERY;
    if (!text.isEmpty() && !text.equals(note) && due) {
      tell(now + ": " + text);
    }
    note = due ? text : note;
  }

  private void tell(String line) {
    last = System.nanoTime();
    told.accept(line);
  }

  @Override
  public void note(String what) {
    countAnew();
    tell(what);
  }

  private void countAnew() {
    start = System.nanoTime();
    doneAtStart = -1;
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
