package io.riffle.cdc.run;

import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Inserts, updates, deletes and changes keys of {@code app.item} until it is closed. */
final class Writer implements AutoCloseable {
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicReference<SQLException> failure = new AtomicReference<>();
  private final Thread thread;

  /**
   * Begins.
   *
   * @param keys from 1 to this one
   */
  Writer(TestPostgres source, int keys, long seed) {
    thread = new Thread(() -> write(source, keys, new Random(seed)), "writer");
    thread.start();
  }

  private void write(TestPostgres source, int keys, Random random) {
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      while (!stop.get()) {
        int id = 1 + random.nextInt(keys);
        statement.execute(
            switch (random.nextInt(4)) {
              case 0 -> "DELETE FROM app.item WHERE id = " + id;
              case 1 ->
                  "UPDATE app.item SET id = id + 1000000 WHERE id = "
                      + id
                      + " AND NOT EXISTS (SELECT FROM app.item WHERE id = "
                      + (id + 1_000_000)
                      + ")";
              default ->
                  "INSERT INTO app.item VALUES ("
                      + id
                      + ", 'w"
                      + random.nextInt(1_000_000)
                      + "') ON CONFLICT (id) DO UPDATE SET name = excluded.name";
            });
      }
    } catch (SQLException e) {
      failure.set(e);
    }
  }

  boolean isWriting() {
    return thread.isAlive();
  }

  @Override
  public void close() throws SQLException {
    stop.set(true);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failure.get() != null) {
      throw failure.get();
    }
  }
}
