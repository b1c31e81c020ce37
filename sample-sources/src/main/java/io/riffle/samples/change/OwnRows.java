package io.riffle.samples.change;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Keys of a table's rows that one session changes, and of those that it has deleted. */
final class OwnRows {

  private static final int HOT = 16;

  private final List<List<String>> live = new ArrayList<>();
  private final List<List<String>> gone = new ArrayList<>();

  boolean hasLive() {
    return !live.isEmpty();
  }

  boolean hasGone() {
    return !gone.isEmpty();
  }

  /** A third of the draws are of the last few: rows that change often in a short time. */
  List<String> drawLive(SplittableRandom random) {
    int from = random.nextInt(3) == 0 ? Math.max(0, live.size() - HOT) : 0;
    return live.get(random.nextInt(from, live.size()));
  }

  List<String> drawGone(SplittableRandom random) {
    return gone.get(random.nextInt(gone.size()));
  }

  void add(List<String> key) {
    live.add(key);
  }

  void remove(List<String> key) {
    live.remove(live.lastIndexOf(key));
  }

  void delete(List<String> key) {
    remove(key);
    gone.add(key);
  }

  void bringBack(List<String> key) {
    gone.remove(gone.lastIndexOf(key));
    live.add(key);
  }

  void clear() {
    gone.addAll(live);
    live.clear();
  }
}
