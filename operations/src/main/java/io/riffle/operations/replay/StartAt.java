package io.riffle.operations.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Where a replay begins; it always ends where the live sink is. */
public sealed interface StartAt {

  /** How it was asked for; empty for the beginning. */
  String text();

  /** The begin of each partition. */
  record Beginning() implements StartAt {
    @Override
    public String text() {
      return "";
    }
  }

  /**
   * Offsets.
   *
   * @param all of every partition; else those named only
   */
  record Offsets(Optional<Long> all, Map<Integer, Long> byPartition) implements StartAt {
    public Offsets {
      byPartition = Map.copyOf(byPartition);
    }

    @Override
    public String text() {
      return " from offset " + all.map(Object::toString).orElseGet(byPartition::toString);
    }
  }

  /** The first record of that time or later. */
  record ToDatetime(Instant time) implements StartAt {
    @Override
    public String text() {
      return " from " + time;
    }
  }

  /** So long ago. */
  record ByDuration(Duration back) implements StartAt {
    @Override
    public String text() {
      return " from " + back + " ago";
    }
  }
}
