package io.riffle.operations.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * How old the records are at which groups stand, by the time that each record bears. A record is
 * looked at once for as long as a group stands there. Groups at different places of one partition
 * need a look each, which takes too long for very many: the rest of a round that is over its time
 * is estimated from the places next to it, and looked at in one of the next rounds. For one thread.
 */
final class Ages {
  private final RecordProbe probe;
  private final Duration patience;
  private final LongSupplier nanos;

  /** Time stamps of records, by the place that leads to them. */
  private final Map<TopicPartition, NavigableMap<Long, Long>> stamps = new HashMap<>();

  /**
   * @param patience after which no further look begins; there is always one
   */
  Ages(RecordProbe probe, Duration patience) {
    this(probe, patience, System::nanoTime);
  }

  Ages(RecordProbe probe, Duration patience, LongSupplier nanos) {
    this.probe = probe;
    this.patience = patience;
    this.nanos = nanos;
  }

  /**
   * The age at each place, as far as it is known.
   *
   * @param places at which there is something to read
   * @param next the offset behind the last record of each partition
   */
  Map<Place, Duration> of(Collection<Place> places, Map<TopicPartition, Long> next, Instant now) {
    Set<Place> wanted = new HashSet<>(places);
    forgetAllBut(wanted);
    long deadline = nanos.getAsLong() + patience.toNanos();
    for (Map<TopicPartition, Long> round : rounds(wanted)) {
      look(round, next);
      if (nanos.getAsLong() > deadline) {
        break;
      }
    }
    Map<Place, Duration> ages = new HashMap<>();
    for (Place place : wanted) {
      stamp(place, next.get(place.partition()), now.toEpochMilli())
          .ifPresent(stamp -> ages.put(place, age(stamp, now)));
    }
    return ages;
  }

  private void forgetAllBut(Set<Place> wanted) {
    stamps.forEach(
        (partition, known) ->
            known.keySet().removeIf(offset -> !wanted.contains(new Place(partition, offset))));
    stamps.values().removeIf(Map::isEmpty);
  }

  /** One place of each partition at a time, what waits for longest first. */
  private List<Map<TopicPartition, Long>> rounds(Set<Place> wanted) {
    List<Map<TopicPartition, Long>> rounds = new ArrayList<>();
    Map<TopicPartition, Integer> used = new HashMap<>();
    wanted.stream()
        .filter(place -> !known(place.partition()).containsKey(place.offset()))
        .sorted(Comparator.comparingLong(Place::offset))
        .forEach(
            place -> {
              int round = used.merge(place.partition(), 1, Integer::sum) - 1;
              if (round == rounds.size()) {
                rounds.add(new HashMap<>());
              }
              rounds.get(round).put(place.partition(), place.offset());
            });
    return rounds;
  }

  private NavigableMap<Long, Long> known(TopicPartition partition) {
    return stamps.getOrDefault(partition, new TreeMap<>());
  }

  private void look(Map<TopicPartition, Long> round, Map<TopicPartition, Long> next) {
    probe
        .first(round, next)
        .found()
        .forEach(
            (partition, record) ->
                stamps
                    .computeIfAbsent(partition, first -> new TreeMap<>())
                    .put(round.get(partition), record.timestamp()));
  }

  /** Between two records that are known, as if they had come evenly; the last one came just now. */
  private Optional<Long> stamp(Place place, long next, long now) {
    NavigableMap<Long, Long> known = known(place.partition());
    Map.Entry<Long, Long> before = known.floorEntry(place.offset());
    if (before == null) {
      return Optional.ofNullable(known.ceilingEntry(place.offset())).map(Map.Entry::getValue);
    }
    if (before.getKey() == place.offset()) {
      return Optional.of(before.getValue());
    }
    Map.Entry<Long, Long> behind = known.higherEntry(place.offset());
    long end = behind == null ? next : behind.getKey();
    long stampAtEnd = behind == null ? now : behind.getValue();
    double share = (double) (place.offset() - before.getKey()) / (end - before.getKey());
    return Optional.of(Math.round(before.getValue() + share * (stampAtEnd - before.getValue())));
  }

  /** Clocks of brokers may be a little ahead of ours. */
  private static Duration age(long stamp, Instant now) {
    Duration age = Duration.between(Instant.ofEpochMilli(stamp), now);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
