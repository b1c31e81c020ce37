package io.riffle.sink.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Pieces of work on some threads, each with things of its own. */
final class Parallel {
  private Parallel() {}

  /**
   * What a thread has and does.
   *
   * @param <T> a piece of work
   */
  interface Worker<T> extends AutoCloseable {
    void work(T piece) throws InterruptedException;

    @Override
    void close();
  }

  /** Makes a thread's worker. */
  interface Workers<T> {
    Worker<T> open();
  }

  /**
   * Does all pieces, the first ones first. When one fails the others end before the next piece, or
   * at their next interruptible wait.
   */
  static <T> void run(List<T> pieces, int threads, Workers<T> workers) throws InterruptedException {
    Queue<T> queue = new ConcurrentLinkedQueue<>(pieces);
    int count = Math.min(threads, pieces.size());
    if (count == 0) {
      return;
    }
    ExecutorService executor = Executors.newFixedThreadPool(count);
    try {
      List<Future<Void>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        running.add(executor.submit(() -> drain(queue, workers)));
      }
      awaitAll(running);
    } finally {
      executor.shutdownNow();
      executor.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  private static <T> Void drain(Queue<T> queue, Workers<T> workers) throws InterruptedException {
    try (Worker<T> worker = workers.open()) {
      for (T piece = queue.poll(); piece != null; piece = queue.poll()) {
        worker.work(piece);
      }
      return null;
    } catch (RuntimeException | InterruptedException e) {
      queue.clear();
      throw e;
    }
  }

  private static void awaitAll(List<Future<Void>> running) throws InterruptedException {
    for (Future<Void> thread : running) {
      try {
        thread.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }
}
