package io.riffle.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A socket that is closed under a write that takes too long: nothing else ends one. */
final class ImpatientSocket extends Socket {
  private static final ScheduledThreadPoolExecutor WATCH = watch();

  private final Duration patience;

  /**
   * @param patience zero for no limit
   */
  ImpatientSocket(Duration patience) {
    this.patience = patience;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    OutputStream plain = super.getOutputStream();
    return patience.isZero() ? plain : new Watched(plain);
  }

  private final class Watched extends OutputStream {
    private final OutputStream plain;

    Watched(OutputStream plain) {
      this.plain = plain;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ScheduledFuture<?> alarm =
          WATCH.schedule(ImpatientSocket.this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
      try {
        plain.write(bytes, offset, length);
      } catch (IOException e) {
        throw alarm.isDone() ? tookTooLong(e) : e;
      } finally {
        alarm.cancel(false);
      }
    }

    @Override
    public void close() throws IOException {
      ImpatientSocket.this.close();
    }
  }

  private IOException tookTooLong(IOException e) {
    IOException late =
        new SocketTimeoutException("nothing was taken for " + patience.toSeconds() + " s");
    late.initCause(e);
    return late;
  }

  private void giveUp() {
    try {
      close();
    } catch (IOException e) {
      // it is not used again either way
    }
  }

  private static ScheduledThreadPoolExecutor watch() {
    ScheduledThreadPoolExecutor watch =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "riffle-postgres-writes");
              thread.setDaemon(true);
              return thread;
            });
    watch.setRemoveOnCancelPolicy(true);
    return watch;
  }
}
