package io.riffle.producer.plan;

import io.riffle.config.Settings;
import io.riffle.producer.rif.UnknownColumns;
import java.util.List;
import java.util.Optional;

/**
 * What is put up with in a file; a file that is worse is REJECTED before any of its rows is
 * published.
 *
 * @param maxRejects how many records may be bad; none: any number, and nobody counts them
 * @param unknownColumns what becomes of columns that the layout does not have
 * @param requireChecksum whether an object without md5chksum is refused
 */
public record LoadPolicy(
    Optional<RejectLimit> maxRejects, UnknownColumns unknownColumns, boolean requireChecksum) {

  /** Any number of rejects, no unknown columns, and checksums where they are sent. */
  static final LoadPolicy USUAL = new LoadPolicy(Optional.empty(), UnknownColumns.REJECT, false);

  private static final String MAX_REJECTS = "max-rejects";
  private static final String UNKNOWN_COLUMNS = "unknown-columns";
  private static final String REQUIRE_CHECKSUM = "require-checksum";
  private static final String NO_LIMIT = "none";

  /** The keys of a policy. */
  static final List<String> KEYS = List.of(MAX_REJECTS, UNKNOWN_COLUMNS, REQUIRE_CHECKSUM);

  /**
   * Reads the {@link #KEYS}.
   *
   * @param suffix of each key
   * @param otherwise says what the settings do not
   */
  static LoadPolicy from(Settings settings, String suffix, LoadPolicy otherwise) {
    return new LoadPolicy(
        limit(settings, MAX_REJECTS + suffix, otherwise.maxRejects),
        settings.choice(UNKNOWN_COLUMNS + suffix, UnknownColumns.class, otherwise.unknownColumns),
        settings.bool(REQUIRE_CHECKSUM + suffix, otherwise.requireChecksum));
  }

  /** The same for a file that was held against the limit before. */
  LoadPolicy withoutLimit() {
    return new LoadPolicy(Optional.empty(), unknownColumns, requireChecksum);
  }

  private static Optional<RejectLimit> limit(
      Settings settings, String key, Optional<RejectLimit> otherwise) {
    String text = settings.string(key, otherwise.map(RejectLimit::toString).orElse(NO_LIMIT));
    try {
      return text.equals(NO_LIMIT) ? Optional.empty() : Optional.of(RejectLimit.parse(text));
    } catch (IllegalArgumentException e) {
      settings.reject(key, e.getMessage());
      return otherwise;
    }
  }
}
