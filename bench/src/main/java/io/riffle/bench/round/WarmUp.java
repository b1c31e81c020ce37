package io.riffle.bench.round;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * Loads records that do not count, until the JIT compilers are done: in the first half million they
 * take more CPU than the records.
 */
final class WarmUp {

  /** A round that is run for its effect only. */
  interface Round {
    Object run(long records) throws Exception;
  }

  private static final long MOST_PER_ROUND = 200_000;

  private final long records;
  private final Consumer<String> progress;

  /**
   * @param records in all, in rounds of equal size
   */
  WarmUp(long records, Consumer<String> progress) {
    this.records = records;
    this.progress = progress;
  }

  void run(Round round) throws Exception {
    long rounds = (records + MOST_PER_ROUND - 1) / MOST_PER_ROUND;
    for (long number = 1; number <= rounds; number++) {
      long size = (records + rounds - 1) / rounds;
      progress.accept(
          String.format(Locale.ROOT, "warm-up %d of %d: %,d records", number, rounds, size));
      round.run(size);
    }
  }
}
