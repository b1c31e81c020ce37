package io.riffle.chaos.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that is known of a key since its last DELETE. Values by the table's column, null for null.
 */
final class Known {

  /** A FULL record came. */
  boolean exists;

  /** Lines, or years, of the newest FULL record; {@code null} is the year that was sent empty. */
  final Set<String> newest = new TreeSet<>();

  final Map<String, String> header = new HashMap<>();

  /** Of lines and years that any record spoke of, whether they are shown or not. */
  final Map<String, Map<String, String>> lines = new TreeMap<>();

  /** What each FULL record showed of the person's identity. */
  final List<Map<String, String>> identities = new ArrayList<>();

  Map<String, String> line(String name) {
    return lines.computeIfAbsent(name, line -> new HashMap<>());
  }
}
