package io.riffle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Signals that {@link Process} has no method for. */
public final class Signals {
  private Signals() {}

  /** SIGSTOP: the process stands still, with its connections open, until {@link #resume}. */
  public static void freeze(Process process) {
    send(process, "STOP");
  }

  /** SIGCONT: a frozen process goes on as if nothing had happened. */
  public static void resume(Process process) {
    send(process, "CONT");
  }

  private static void send(Process process, String signal) {
    String pid = String.format(Locale.ROOT, "%d", process.pid());
    try {
      int code = new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -" + signal + " " + pid + " ended with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
