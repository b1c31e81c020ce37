package io.riffle.chaos.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows of a table in canonical text. Where the key does not name a row (former identities), rows
 * are named by all their text, equal ones counted.
 *
 * @param columns names, sorted
 * @param byKey values in the order of {@code columns}, null for null
 */
public record Rows(String table, List<String> columns, Map<String, List<String>> byKey) {

  /** No rows yet. */
  static Rows of(String table, List<String> columns) {
    return new Rows(table, List.copyOf(columns), new TreeMap<>());
  }

  /** Adds a row; {@code key} columns name it, or none: all do. */
  void add(List<String> key, Map<String, String> values) {
    add(key, columns.stream().map(values::get).toArray(String[]::new));
  }

  void add(List<String> key, String[] values) {
    List<String> named = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (key.isEmpty() || key.contains(columns.get(i))) {
        named.add(String.valueOf(values[i]));
      }
    }
    String name = String.join("|", named);
    int count = 0;
    while (byKey.putIfAbsent(name + "#" + count, Arrays.asList(values)) != null) {
      count++;
    }
  }

  /** How many there are. */
  public long size() {
    return byKey.size();
  }
}
