package io.riffle.merge.topology;

import io.riffle.schemas.control.Version;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A record as a test says it: values are text, an empty one was sent empty, an absent column is not
 * in the map. Lines by number; only their columns beside the number.
 */
record Given(
    Version version,
    Kind kind,
    Map<String, Optional<String>> header,
    Map<Integer, Map<String, Optional<String>>> lines) {

  enum Kind {
    FULL,
    MERGE,
    DELETE
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
