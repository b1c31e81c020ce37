package io.riffle.producer.ledger;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One question to a table of record: whether it has rows that a synthetic set must not find.
 * Numbers stand in the text, so that the planner knows how far a range reaches; a text is a
 * parameter.
 *
 * @param conditions by the name of their check; several share one pass over the range, and a single
 *     one may go on with GROUP BY
 * @param range what keeps the pass short
 * @param text the parameter of the conditions, if they have one
 */
record Probe(String table, Map<String, String> conditions, String range, Optional<String> text) {

  Probe {
    conditions = new TreeMap<>(conditions);
  }

  static Probe of(String check, String table, String range, String condition) {
    return new Probe(table, Map.of(check, condition), range, Optional.empty());
  }

  static Probe of(String check, String table, String range, String condition, String text) {
    return new Probe(table, Map.of(check, condition), range, Optional.of(text));
  }

  /** Names of the checks, in the order of the columns of {@link #sql}. */
  List<String> checks() {
    return List.copyOf(conditions.keySet());
  }

  /** One row with a boolean for each check. */
  String sql(String schema) {
    List<String> wanted = List.copyOf(conditions.values());
    if (wanted.size() == 1) {
      return String.format(
          Locale.ROOT,
          "SELECT EXISTS (SELECT FROM %s.%s WHERE %s AND %s)",
          schema,
          table,
          range,
          wanted.get(0));
    }
    String columns =
        wanted.stream()
            .map(condition -> "coalesce(bool_or(" + condition + "), false)")
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "SELECT %s FROM %s.%s WHERE %s AND (%s)",
        columns,
        schema,
        table,
        range,
        String.join(" OR ", wanted));
  }

  /** How often the text is a parameter. */
  int parameters(String sql) {
    return Math.toIntExact(sql.chars().filter(character -> character == '?').count());
  }
}
