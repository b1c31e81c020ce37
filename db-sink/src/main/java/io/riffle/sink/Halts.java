package io.riffle.sink;

import io.riffle.failure.Backoff;
import io.riffle.failure.Failure;
import io.riffle.failure.Pause;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Partitions that wait for an operator, each for itself, while the others go on. Each is a part of
 * its own among those that {@link Pause} shows. No I/O beside that.
 */
final class Halts implements AutoCloseable {
  private final Backoff backoff;
  private final Clock clock;
  private final Function<TopicPartition, Pause> pauses;
  private final Map<TopicPartition, Halt> halts = new HashMap<>();

  private static final class Halt {
    private final Pause pause;
    private final Patience patience;
    private long offset;
    private boolean held;

    Halt(Backoff backoff, Clock clock, Pause pause) {
      this.pause = pause;
      this.patience = new Patience(backoff, clock, pause);
    }
  }

  /**
   * @param pauses makes the part that stands for a partition
   */
  Halts(Backoff backoff, Clock clock, Function<TopicPartition, Pause> pauses) {
    this.backoff = backoff;
    this.clock = clock;
    this.pauses = pauses;
  }

  /**
   * A partition waits.
   *
   * @param offset of the first record that is not written
   */
  void halt(TopicPartition partition, long offset, Failure failure) {
    Halt halt =
        halts.computeIfAbsent(
            partition, added -> new Halt(backoff, clock, pauses.apply(partition)));
    halt.offset = offset;
    halt.held = true;
    halt.patience.failed(failure);
  }

  /** The partitions that are not to be read now. */
  Set<TopicPartition> held() {
    return halts.entrySet().stream()
        .filter(halt -> halt.getValue().held)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Partitions to try again, from these offsets on. */
  Map<TopicPartition, Long> due() {
    Map<TopicPartition, Long> due = new HashMap<>();
    halts.forEach(
        (partition, halt) -> {
          if (halt.held && halt.patience.left().isZero()) {
            halt.held = false;
            due.put(partition, halt.offset);
          }
        });
    return due;
  }

  /** How long the next of them waits. */
  Optional<Duration> left() {
    return halts.values().stream()
        .filter(halt -> halt.held)
        .map(halt -> halt.patience.left())
        .min(Duration::compareTo);
  }

  /** Records of partitions are written up to these offsets. */
  void written(TopicPartition partition, long next) {
    Halt halt = halts.get(partition);
    if (halt != null && next > halt.offset) {
      forget(List.of(partition));
    }
  }

  void forget(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      Halt halt = halts.remove(partition);
      if (halt != null) {
        halt.patience.succeeded();
        halt.pause.close();
      }
    }
  }

  @Override
  public void close() {
    forget(new ArrayList<>(halts.keySet()));
  }
}
