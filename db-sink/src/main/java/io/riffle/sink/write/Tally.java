package io.riffle.sink.write;

import io.riffle.schemas.control.Origin;
import io.riffle.sink.record.Incoming;
import io.riffle.sink.record.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of the merged records of a batch, by attempt and partition. */
final class Tally {
  /** What the sink did with a merged record. */
  enum Outcome {
    APPLIED,
    OLDER,
    REJECTED
  }

  /** An attempt's share of a partition. */
  record Share(Attempt attempt, String topic, int partition) {}

  private record Counted(long offset, Outcome outcome) {}

  private static final Comparator<Share> ORDER =
      Comparator.comparing(Share::attempt)
          .thenComparing(Share::topic)
          .thenComparingInt(Share::partition);

  private final Map<Share, List<Counted>> shares = new TreeMap<>(ORDER);

  /** Counts a record whose attempt is known. */
  void count(Incoming record, Origin origin, Outcome outcome) {
    Place place = record.place();
    Share share = new Share(Attempt.of(origin), place.topic().name(), place.partition());
    shares
        .computeIfAbsent(share, added -> new ArrayList<>())
        .add(new Counted(place.offset(), outcome));
  }

  List<Share> shares() {
    return List.copyOf(shares.keySet());
  }

  /** Records at or after an offset that had this outcome. */
  long count(Share share, long from, Outcome outcome) {
    return shares.get(share).stream()
        .filter(counted -> counted.offset() >= from && counted.outcome() == outcome)
        .count();
  }

  /** The offset behind the share's last record. */
  long end(Share share) {
    return 1 + shares.get(share).stream().mapToLong(Counted::offset).max().orElse(-1);
  }
}
