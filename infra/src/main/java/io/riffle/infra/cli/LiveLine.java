package io.riffle.infra.cli;

import io.riffle.infra.demo.LiveChanges;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells of changes that go on: on a terminal in one line that is rewritten, otherwise in a line now
 * and then.
 */
final class LiveLine {

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LINE = Duration.ofSeconds(10);
  private static final String REWRITE = "\r\u001b[K";

  private final Supplier<String> line;
  private final PrintStream out;
  private final boolean terminal;
  private final Duration look;
  private final CountDownLatch end = new CountDownLatch(1);

  /**
   * @param line what is to be told now; also asked for when nobody is told
   * @param look between two questions
   */
  LiveLine(Supplier<String> line, PrintStream out, boolean terminal, Duration look) {
    this.line = line;
    this.out = out;
    this.terminal = terminal;
    this.look = look;
  }

  /** Of changes, told on stderr: stdout may be for a program. */
  static LiveLine of(LiveChanges changes) {
    return new LiveLine(
        () -> text(changes), System.err, Boolean.getBoolean("riffle.terminal"), LOOK);
  }

  /** Tells until it is ended. */
  void show() throws InterruptedException {
    long looks = LINE.dividedBy(LOOK);
    for (long n = 1; !end.await(look.toMillis(), TimeUnit.MILLISECONDS); n++) {
      String now = line.get(); // each time: the age of what is missing comes of looks
      tell(now, n % looks == 0);
    }
  }

  private synchronized void tell(String now, boolean due) {
    if (end.getCount() == 0) {
      return;
    }
    if (terminal) {
      out.print(REWRITE + now);
      out.flush();
    } else if (due) {
      out.println(now);
    }
  }

  /** From any thread: nothing is told any more, and others have a line of their own. */
  synchronized void end() {
    end.countDown();
    if (terminal) {
      out.println();
    }
  }

  private static String text(LiveChanges changes) {
    try {
      return text(changes.written(), changes.behind());
    } catch (SQLException e) {
      return String.format(
          Locale.ROOT, "%,d changes written; Postgres does not answer", changes.written());
    }
  }

  static String text(long written, Duration behind) {
    return String.format(
        Locale.ROOT,
        "%,d changes written; staging is %.1f s behind",
        written,
        behind.toMillis() / 1000.0);
  }
}
