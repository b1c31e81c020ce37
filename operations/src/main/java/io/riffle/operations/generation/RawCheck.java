package io.riffle.operations.generation;

import io.riffle.operations.replay.PlannedRange;
import io.riffle.operations.replay.RawOrigins;
import io.riffle.operations.replay.ReplaySite;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.layout.Layout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a raw topic has everything that was delivered. The ledger knows how many records of each
 * file were published, so that expired ones are missed as well as those of a topic that was deleted
 * and made again, or brokers that lost some.
 */
final class RawCheck {

  /**
   * Of a file that was loaded several times the newest load counts, and what was redriven since.
   */
  private static final String PUBLISHED =
      """
      SELECT f.file_id, a.attempt, a.published_records
        FROM riffle.files f JOIN riffle.file_attempts a USING (file_id)
       WHERE f.type = ? AND a.published_at IS NOT NULL AND a.published_records > 0
         AND a.attempt >= (SELECT coalesce(max(l.attempt), 0) FROM riffle.file_attempts l
           WHERE l.file_id = f.file_id AND l.cause <> 'REDRIVE' AND l.published_at IS NOT NULL)
      """;

  private final ReplaySite site;

  RawCheck(ReplaySite site) {
    this.site = site;
  }

  private record Load(long file, int attempt) {}

  /** Told how many offsets were read. */
  interface Listener {
    void read(long offsets) throws SQLException;
  }

  /**
   * Reads a type's raw topic.
   *
   * @param ranges all that the topic has
   * @return what is missing, in words; empty when nothing is
   */
  Optional<String> missing(Layout layout, Collection<PlannedRange> ranges, Listener listener)
      throws SQLException {
    Map<Load, Long> published = published(layout);
    if (published.isEmpty()) {
      return Optional.empty();
    }
    Map<Load, Long> found = count(ranges, listener);
    long files = 0;
    long records = 0;
    for (Map.Entry<Load, Long> load : published.entrySet()) {
      long lost = load.getValue() - found.getOrDefault(load.getKey(), 0L);
      files += lost > 0 ? 1 : 0;
      records += Math.max(0, lost);
    }
    return records == 0
        ? Optional.empty()
        : Optional.of(
            "%s lacks %d records of %d loads: they have expired or were deleted, or the topic was made again"
                .formatted(site.topics().rif(layout), records, files));
  }

  private Map<Load, Long> count(Collection<PlannedRange> ranges, Listener listener)
      throws SQLException {
    Map<Load, Long> counts = new HashMap<>();
    RawOrigins origins = new RawOrigins(site.registry());
    try (TopicReading reading = new TopicReading(site.kafka(), Optional.empty())) {
      reading.read(
          ranges,
          reading.positions(ranges, false),
          (records, next) -> {
            records.forEach(
                record ->
                    origins
                        .of(record)
                        .ifPresent(origin -> counts.merge(load(origin), 1L, Long::sum)));
            listener.read(records.size());
          });
    }
    return counts;
  }

  private static Load load(Origin origin) {
    return new Load(origin.file(), origin.attempt());
  }

  private Map<Load, Long> published(Layout layout) throws SQLException {
    Map<Load, Long> published = new HashMap<>();
    try (Connection connection = site.database().getConnection();
        PreparedStatement select = connection.prepareStatement(PUBLISHED)) {
      select.setString(1, layout.type());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          published.put(new Load(row.getLong(1), row.getInt(2)), row.getLong(3));
        }
      }
    }
    return published;
  }

  /** Types that are merged into one state stand and fall together. */
  static List<Layout> mergedInto(Layout layout, Collection<Layout> all) {
    return all.stream()
        .filter(one -> one.equals(layout) || one.joins().filter(layout.type()::equals).isPresent())
        .toList();
  }
}
