package io.riffle.chaos.check;

import java.sql.SQLException;
import java.time.Duration;

/** Looks at the versions of rows while they are loaded; a database that is away is waited for. */
public final class Sampler implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(400);

  private final NewestWins rows;
  private final Thread thread = new Thread(this::run, "chaos-sampler");
  private volatile boolean ended;

  public Sampler(NewestWins rows) {
    this.rows = rows;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!ended) {
      try {
        rows.sample();
      } catch (SQLException e) {
        // a fault has hit the server or this session: the next look sees what became of it
      }
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    ended = true;
    thread.interrupt();
  }
}
