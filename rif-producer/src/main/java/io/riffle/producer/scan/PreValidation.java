package io.riffle.producer.scan;

import io.riffle.producer.ledger.Collision;
import io.riffle.producer.ledger.Database;
import io.riffle.producer.ledger.DatabaseConfig;
import io.riffle.producer.ledger.IdSearch;
import io.riffle.producer.ledger.SyntheticSet;
import io.riffle.producer.manifest.ClaimedIds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Runs the search for a synthetic set's ids in a thread of its own, one set at a time, so that a
 * large table holds up nobody else. Asked by one thread.
 */
final class PreValidation implements AutoCloseable {

  private static final Duration MORE_THAN_THE_STATEMENT = Duration.ofSeconds(30);

  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** What is known of a set's search. */
  sealed interface Progress {

    /** It is not over. */
    record Running() implements Progress {}

    /** It took too long; it starts again after as much time. */
    record TooLong() implements Progress {}

    /** It is over; without collisions the set may be loaded. */
    record Done(List<Collision> collisions) implements Progress {}
  }

  private record Search(
      long manifestId,
      FutureTask<Optional<List<Collision>>> task,
      CountDownLatch ended,
      Database database,
      long since) {}

  private final DatabaseConfig database;
  private final Duration timeout;
  private Optional<Search> current = Optional.empty();

  PreValidation(DatabaseConfig database, Duration timeout) {
    this.database = database;
    this.timeout = timeout;
  }

  /**
   * How far the set is; the first question starts its search and ends that of another set.
   *
   * @throws RuntimeException what ended the search, such as a database that is away
   */
  Progress progress(SyntheticSet set) {
    if (current.isEmpty() || current.get().manifestId() != set.manifestId()) {
      start(set);
    }
    Search search = current.orElseThrow();
    if (!isOver(search)) {
      return new Progress.Running();
    }
    Optional<List<Collision>> found = result(search);
    if (found.isEmpty() && isPaused(search)) {
      return new Progress.TooLong();
    }
    close();
    return found.<Progress>map(Progress.Done::new).orElseGet(Progress.TooLong::new);
  }

  /** Ends the set's search, if it has one. */
  void forget(SyntheticSet set) {
    if (current.isPresent() && current.get().manifestId() == set.manifestId()) {
      close();
    }
  }

  @Override
  public void close() {
    current.ifPresent(search -> search.database().abort());
    current = Optional.empty();
  }

  private void start(SyntheticSet set) {
    close();
    Database own = new Database(database, timeout.plus(MORE_THAN_THE_STATEMENT));
    ClaimedIds ids = set.unchecked().orElseThrow();
    FutureTask<Optional<List<Collision>>> task =
        new FutureTask<>(
            () -> {
              try (own) {
                return new IdSearch(own).search(ids, timeout);
              }
            });
    CountDownLatch ended = new CountDownLatch(1);
    current = Optional.of(new Search(set.manifestId(), task, ended, own, System.nanoTime()));
    Thread thread = new Thread(() -> run(task, ended), "pre-validation");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(FutureTask<?> task, CountDownLatch ended) {
    task.run();
    ended.countDown();
  }

  /** Most searches take milliseconds: a set need not wait for the next scan. */
  private static boolean isOver(Search search) {
    try {
      return search.ended().await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Optional<List<Collision>> result(Search search) {
    try {
      return search.task().get();
    } catch (ExecutionException e) {
      close();
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("the search for a set's ids failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private boolean isPaused(Search search) {
    return System.nanoTime() - search.since() < 2 * timeout.toNanos();
  }
}
