package io.riffle.sink.write;

import io.riffle.sink.record.Incoming;
import io.riffle.sink.record.Incoming.Bad;
import io.riffle.sink.record.Incoming.Barrier;
import io.riffle.sink.record.Incoming.Change;
import io.riffle.sink.record.Incoming.ParkedChange;
import io.riffle.sink.record.Incoming.RejectReport;
import io.riffle.sink.record.Incoming.RowChange;
import io.riffle.sink.record.Place;
import io.riffle.sink.staging.StagingBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of one transaction, by what is done with them. They are the next records of each of
 * their partitions, without a gap.
 */
public final class Batch {
  private static final Comparator<TopicPartition> BY_NAME =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final Map<String, List<RowChange>> changes = new LinkedHashMap<>(); // by type
  private final Map<TopicPartition, StagingBatch> staging = new LinkedHashMap<>();
  private final Set<TopicPartition> withRows = new HashSet<>();
  private final Map<String, ParkedChange> parked = new TreeMap<>();
  private final List<RejectReport> rejects = new ArrayList<>();
  private final List<Bad> bad = new ArrayList<>();
  private final List<Barrier> barriers = new ArrayList<>();
  private final int size;

  public Batch(List<Incoming> records) {
    size = records.size();
    records.forEach(this::sortIn);
    barriers.sort(
        Comparator.comparingLong((Barrier barrier) -> barrier.barrier().file())
            .thenComparingInt(barrier -> barrier.barrier().attempt()));
  }

  private void sortIn(Incoming record) {
    TopicPartition partition = record.place().topicPartition();
    next.put(partition, record.place().offset() + 1);
    if (record instanceof Change || record instanceof RowChange) {
      withRows.add(partition);
    }
    if (record instanceof Change change) {
      staging(change.place()).add(change.event(), change.place().offset());
    } else if (record instanceof RowChange change) {
      changes.computeIfAbsent(change.layout().type(), type -> new ArrayList<>()).add(change);
    } else if (record instanceof ParkedChange change) {
      parked.put(change.parked().type() + "|" + change.parked().key(), change);
    } else if (record instanceof RejectReport report) {
      rejects.add(report);
    } else if (record instanceof Bad one) {
      bad.add(one);
      if (one.place().topic().captured().isPresent()) {
        staging(one.place()).addRejected(one.told(), one.place().offset());
      }
    } else if (record instanceof Barrier barrier) {
      barriers.add(barrier);
    }
  }

  private StagingBatch staging(Place place) {
    return staging.computeIfAbsent(
        place.topicPartition(),
        partition -> new StagingBatch(place.topic().captured().orElseThrow(), partition));
  }

  /** Whether there are records of rows in a partition. */
  public boolean hasRows(TopicPartition partition) {
    return withRows.contains(partition);
  }

  /** When the source committed the first of a partition's change events that say it. */
  public Optional<Instant> committedAt(TopicPartition partition) {
    return Optional.ofNullable(staging.get(partition)).flatMap(StagingBatch::committedAt);
  }

  /** Number of records, folded ones included. */
  public int size() {
    return size;
  }

  /** How far each partition moves, in the order in which every task locks their rows. */
  public List<OffsetMove> moves(Function<TopicPartition, Long> expected) {
    return next.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(BY_NAME))
        .map(move -> new OffsetMove(move.getKey(), expected.apply(move.getKey()), move.getValue()))
        .toList();
  }

  /** In the order in which they first came. */
  List<TypeBatch> types() {
    return changes.values().stream().map(all -> new TypeBatch(all.get(0).layout(), all)).toList();
  }

  /** Change events, by table. */
  List<StagingBatch> staging() {
    return List.copyOf(staging.values());
  }

  /** The newest of each key, sorted by key. */
  List<ParkedChange> parked() {
    return List.copyOf(parked.values());
  }

  List<RejectReport> rejects() {
    return rejects;
  }

  List<Bad> bad() {
    return bad;
  }

  /** By file, so that tasks lock files in the same order. */
  List<Barrier> barriers() {
    return barriers;
  }
}
