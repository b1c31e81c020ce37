package io.riffle.infra.cli;

import io.riffle.infra.demo.LiveChanges;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells of changes that go on: on a terminal in one line that is rewritten, otherwise in a line now
 * and then.
 */
final class LiveLine {

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LINE = Duration.ofSeconds(10);
  private static final String REWRITE = "\r\u001b[K";

  private final LiveChanges changes;
  private final PrintStream out;
  private final boolean terminal;
  private final CountDownLatch end = new CountDownLatch(1);

  LiveLine(LiveChanges changes, PrintStream out, boolean terminal) {
    this.changes = changes;
    this.out = out;
    this.terminal = terminal;
  }

  /** Tells until it is ended. */
  void show() throws InterruptedException {
    long looks = LINE.dividedBy(LOOK);
    for (long look = 1; !end.await(LOOK.toMillis(), TimeUnit.MILLISECONDS); look++) {
      String line = look(); // also when nobody sees it: the age of what is missing comes of looks
      if (terminal) {
        out.print(REWRITE + line);
        out.flush();
      } else if (look % looks == 0) {
        out.println(line);
      }
    }
  }

  /** From any thread: nothing is told any more. */
  void end() {
    end.countDown();
    if (terminal) {
      out.println();
    }
  }

  private String look() {
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
