package io.riffle.chaos.fault;

import io.riffle.chaos.stack.ChaosStack;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A foreign session of the set's database that is at work until the fault is healed. */
abstract class Background implements Fault {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String name;
  private final ChaosStack stack;
  private final CountDownLatch healed = new CountDownLatch(1);
  private Thread thread;

  Background(String name, ChaosStack stack) {
    this.name = name;
    this.stack = stack;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void inject() {
    thread = new Thread(this::run, "chaos-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public final void heal() throws InterruptedException {
    healed.countDown();
    thread.interrupt();
    thread.join(PATIENCE.toMillis());
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try (Connection connection = stack.database().getConnection()) {
        connection.setAutoCommit(false);
        work(connection);
      } catch (SQLException e) {
        pause(Duration.ofMillis(200)); // another fault has hit the server or this session
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** For what is to stay as it is until then. */
  final void awaitHealing() throws InterruptedException {
    healed.await();
  }

  /** Works until it is interrupted; the transaction is rolled back then. */
  abstract void work(Connection connection) throws SQLException, InterruptedException;

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
