package io.riffle.infra.lease;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * Passes the end of this process (Ctrl-C, SIGTERM) on to the program that it runs, and holds it up
 * until that has ended and what was held for it is given back. Created by the thread that runs it.
 */
final class Ending implements AutoCloseable {
  private final Thread worker = Thread.currentThread();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::endAndWait, "ending");
  private Process process;
  private boolean ends;
  private volatile int exitCode = 1;

  Ending() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts the program.
   *
   * @throws InterruptedException when this process ends already
   */
  synchronized Process start(ProcessBuilder builder) throws IOException, InterruptedException {
    if (ends) {
      throw new InterruptedException("this process ends");
    }
    process = builder.start();
    return process;
  }

  /** What this process says at its end. */
  void exitCode(int code) {
    exitCode = code;
  }

  private void endAndWait() {
    end();
    try {
      done.await();
      Runtime.getRuntime().halt(exitCode);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void end() {
    ends = true;
    if (process == null) {
      worker.interrupt();
    } else {
      process.destroy();
    }
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs already, and ends this process.
    }
  }
}
