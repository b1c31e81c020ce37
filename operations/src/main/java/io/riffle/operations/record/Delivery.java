package io.riffle.operations.record;

import io.riffle.merge.record.Arrival;
import io.riffle.schemas.control.Origin;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * A record of the key as it stands on a raw topic.
 *
 * @param time when Kafka took it
 * @param redriven whether it was delivered again because it had been rejected
 */
public record Delivery(String topic, long offset, Instant time, boolean redriven, Arrival arrival) {

  /** As merge-processor takes records: those of a partition by offset, of several by time. */
  static final Comparator<Delivery> ORDER =
      Comparator.comparing(Delivery::time)
          .thenComparing(Delivery::topic)
          .thenComparingLong(Delivery::offset);

  /** Where it came from; not known of one that cannot be read. */
  public Optional<Origin> origin() {
    if (arrival instanceof Arrival.Data data) {
      return Optional.of(data.at().origin());
    }
    return arrival instanceof Arrival.Bad bad ? bad.origin() : Optional.empty();
  }

  /** FULL, PATCH, DELETE, HISTORY; BAD for what cannot be read. */
  public String kind() {
    return arrival.getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }

  /** The same in the words of files: MERGE for PATCH. */
  public String word() {
    return kind().equals("PATCH") ? "MERGE" : kind();
  }
}
