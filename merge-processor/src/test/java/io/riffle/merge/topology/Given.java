package io.riffle.merge.topology;

import io.riffle.schemas.control.Version;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A record as a test says it: values are text, an empty one was sent empty, an absent column is not
 * in the map. Lines by number; only their columns beside the number. A person's record has one line
 * or none, by its year.
 */
public record Given(
    Version version,
    Kind kind,
    Map<String, Optional<String>> header,
    Map<Integer, Map<String, Optional<String>>> lines) {

  /** What the file says of the record. */
  public enum Kind {
    FULL,
    MERGE,
    DELETE,
    /** A row of a file of former identities: its header is that row. */
    HISTORY
  }

  /** Whether any line column (or just the line number) is in the file's header. */
  boolean hasLines() {
    return !lines.isEmpty();
  }

  @Override
  public String toString() {
    return kind
        + " "
        + version.instant()
        + "/"
        + version.record()
        + " "
        + header
        + " "
        + new TreeMap<>(lines);
  }
}
