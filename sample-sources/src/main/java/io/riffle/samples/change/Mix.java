package io.riffle.samples.change;

import java.util.List;
import java.util.SplittableRandom;

/** How often each kind of change of a row is tried: one of the sum of the weights. */
public record Mix(
    int inserts,
    int updates,
    int longUpdates,
    int sameUpdates,
    int keyUpdates,
    int deletes,
    int reinserts) {

  /** Mostly updates that leave long values alone; rows become a little more. */
  public static final Mix USUAL = new Mix(25, 45, 6, 5, 3, 12, 4);

  public static final Mix INSERTS = new Mix(1, 0, 0, 0, 0, 0, 0);

  private static final List<ChangeKind> KINDS = List.of(ChangeKind.values());

  public Mix {
    if (inserts < 1) {
      throw new IllegalArgumentException("no inserts: an empty table would stay empty");
    }
  }

  ChangeKind draw(SplittableRandom random) {
    int drawn = random.nextInt(KINDS.stream().mapToInt(this::weight).sum());
    for (ChangeKind kind : KINDS) {
      drawn -= weight(kind);
      if (drawn < 0) {
        return kind;
      }
    }
    throw new AssertionError("drawn from the sum of the weights");
  }

  private int weight(ChangeKind kind) {
    return switch (kind) {
      case INSERT -> inserts;
      case UPDATE -> updates;
      case UPDATE_LONG -> longUpdates;
      case UPDATE_SAME -> sameUpdates;
      case UPDATE_KEY -> keyUpdates;
      case DELETE -> deletes;
      case REINSERT -> reinserts;
      case TRUNCATE -> 0;
    };
  }
}
