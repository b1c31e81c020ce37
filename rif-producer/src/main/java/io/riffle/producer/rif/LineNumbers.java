package io.riffle.producer.rif;

import java.util.Arrays;

/** The line numbers of a record, to find one that comes twice. Mostly they ascend. */
final class LineNumbers {

  private long[] numbers = new long[64];
  private long[] fileLines = new long[64];
  private int count;
  private boolean ascending;

  void clear() {
    count = 0;
    ascending = true;
  }

  /** The number of a line, and the line of the file that has it. */
  void add(long number, long fileLine) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
      fileLines = Arrays.copyOf(fileLines, 2 * count);
    }
    ascending &= count == 0 || number > numbers[count - 1];
    numbers[count] = number;
    fileLines[count++] = fileLine;
  }

  /** Line of the file at which a number comes for the second time, 0 when none does. */
  long repeatedAt() {
    if (ascending) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(numbers, count);
    Arrays.sort(sorted);
    for (int i = 1; i < count; i++) {
      if (sorted[i] == sorted[i - 1]) {
        return secondOf(sorted[i]);
      }
    }
    return 0;
  }

  private long secondOf(long number) {
    boolean seen = false;
    for (int i = 0; i < count; i++) {
      if (numbers[i] == number && seen) {
        return fileLines[i];
      }
      seen |= numbers[i] == number;
    }
    throw new IllegalStateException("no number twice");
  }
}
