package io.riffle.merge.record;

import io.riffle.schemas.control.RejectReason;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Where the lines of a row stand, and their numbers, in the order of the bytes. */
final class LineScan {
  static final LineScan NONE = new LineScan(new int[0], new int[1], 0, true);

  private static final int INITIAL_CAPACITY = 16;

  private int[] numbers;
  private int[] bounds; // line i: from bounds[2i] to bounds[2i + 1]
  private int count;
  private boolean oneBlock;

  private LineScan(int[] numbers, int[] bounds, int count, boolean oneBlock) {
    this.numbers = numbers;
    this.bounds = bounds;
    this.count = count;
    this.oneBlock = oneBlock;
  }

  static LineScan read(AvroInput in, LevelPlan plan) {
    LineScan scan = new LineScan(new int[INITIAL_CAPACITY], new int[2 * INITIAL_CAPACITY], 0, true);
    int blocks = 0;
    for (long items = in.readLong(); items != 0; items = in.readLong()) {
      scan.oneBlock &= items > 0 && ++blocks == 1;
      scan.readBlock(in, plan, items);
    }
    scan.refuseRepeated();
    return scan;
  }

  private void readBlock(AvroInput in, LevelPlan plan, long items) {
    if (items < 0) {
      in.skipNumber(); // the block's size in bytes
    }
    for (long left = Math.abs(items); left != 0; left--) {
      add(in, plan);
    }
  }

  private void add(AvroInput in, LevelPlan plan) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
      bounds = Arrays.copyOf(bounds, 4 * count);
    }
    bounds[2 * count] = in.position();
    numbers[count] = plan.skipLine(in);
    bounds[2 * count + 1] = in.position();
    count++;
  }

  private void refuseRepeated() {
    if (!isAscending() && IntStream.of(numbers).limit(count).distinct().count() < count) {
      throw new MalformedException(RejectReason.LINE_REPEATED, "a line number comes twice");
    }
  }

  /** Whether numbers grow from line to line. */
  boolean isAscending() {
    for (int i = 1; i < count; i++) {
      if (numbers[i] <= numbers[i - 1]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the bytes are as {@link Row} would write them: ascending, in one block. */
  boolean isInRowForm() {
    return oneBlock && isAscending();
  }

  int count() {
    return count;
  }

  int number(int line) {
    return numbers[line];
  }

  int start(int line) {
    return bounds[2 * line];
  }

  int end(int line) {
    return bounds[2 * line + 1];
  }

  /** Indexes of the lines by ascending number. */
  int[] ascending() {
    IntStream lines = IntStream.range(0, count);
    return isAscending() ? lines.toArray() : sorted(lines);
  }

  private int[] sorted(IntStream lines) {
    return lines
        .boxed()
        .sorted((a, b) -> Integer.compare(numbers[a], numbers[b]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
