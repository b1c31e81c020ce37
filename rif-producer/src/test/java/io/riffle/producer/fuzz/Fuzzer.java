package io.riffle.producer.fuzz;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs one case after the other; the first that breaks a promise ends it, with the way to it. */
final class Fuzzer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Map<String, Integer> kinds = new TreeMap<>();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private volatile Thread running;

  /** Runs as many cases. */
  void cases(long seed, int count) {
    SplittableRandom seeds = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      run(seeds.nextLong());
    }
  }

  /** Runs cases until the time is over. How many. */
  long cases(long seed, Duration time) {
    SplittableRandom seeds = new SplittableRandom(seed);
    long end = System.nanoTime() + time.toNanos();
    long count = 0;
    while (System.nanoTime() < end) {
      run(seeds.nextLong());
      count++;
    }
    return count;
  }

  /**
   * Runs one case.
   *
   * @throws AssertionError naming the case, if it broke a promise or did not end
   */
  void run(long seed) {
    FuzzCase one = made(seed);
    Future<?> run =
        thread.submit(
            () -> {
              running = Thread.currentThread();
              one.run().forEach(kind -> kinds.merge(kind, 1, Integer::sum));
              return null;
            });
    try {
      run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(one.toString(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError(one + " hangs at " + Arrays.toString(running.getStackTrace()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static FuzzCase made(long seed) {
    try {
      return FuzzCase.of(seed);
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException("the fuzzer's own bug, -Driffle.fuzz.case=" + seed, e);
    }
  }

  /** What came of all cases so far: how many had each reason, or were accepted. */
  Map<String, Integer> kinds() {
    return kinds;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
