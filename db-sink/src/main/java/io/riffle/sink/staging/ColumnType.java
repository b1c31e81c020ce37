package io.riffle.sink.staging;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a column, as Postgres' {@code format_type} says it with nothing but {@code
 * pg_catalog} on the search path.
 *
 * @param base without its bounds, such as {@code character varying}; for types that are not built
 *     in, {@code schema.name}, quoted where it must be
 * @param bounds length, or precision and scale; empty for none
 */
record ColumnType(String base, List<Integer> bounds, boolean array) {
  static final ColumnType TEXT = of("text");
  private static final Pattern FORMATTED =
      Pattern.compile("(.*?)(?:\\((\\d+)(?:,(-?\\d+))?\\))?(\\[\\])?", Pattern.DOTALL);

  ColumnType {
    bounds = List.copyOf(bounds);
  }

  static ColumnType of(String base, Integer... bounds) {
    return new ColumnType(base, List.of(bounds), false);
  }

  /** What {@link #sql} says. */
  static ColumnType parse(String formatted) {
    Matcher matcher = FORMATTED.matcher(formatted);
    if (!matcher.matches() || formatted.startsWith("\"")) {
      return of(formatted);
    }
    boolean array = matcher.group(4) != null;
    if (matcher.group(2) == null) {
      return new ColumnType(matcher.group(1), List.of(), array);
    }
    int first = Integer.parseInt(matcher.group(2));
    List<Integer> bounds =
        matcher.group(3) == null
            ? List.of(first)
            : List.of(first, Integer.parseInt(matcher.group(3)));
    return new ColumnType(matcher.group(1), bounds, array);
  }

  ColumnType arrayOf() {
    return new ColumnType(base, bounds, true);
  }

  ColumnType element() {
    return new ColumnType(base, bounds, false);
  }

  boolean is(String other) {
    return base.equals(other) && !array;
  }

  boolean isBounded() {
    return !bounds.isEmpty();
  }

  Optional<Integer> bound(int at) {
    return at < bounds.size() ? Optional.of(bounds.get(at)) : Optional.empty();
  }

  /** For DDL, and what {@code format_type} says. */
  String sql() {
    StringBuilder sql = new StringBuilder(base);
    if (isBounded()) {
      sql.append('(');
      for (int i = 0; i < bounds.size(); i++) {
        sql.append(i == 0 ? "" : ",").append(bounds.get(i));
      }
      sql.append(')');
    }
    return sql.append(array ? "[]" : "").toString();
  }

  @Override
  public String toString() {
    return sql();
  }
}
