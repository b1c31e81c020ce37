package io.riffle.cdc.obfuscate;

import java.util.List;
import java.util.Optional;

/**
 * The rules that concern one column.
 *
 * @param whole the first that names the column; with {@code parts}, it is for what no part covers
 * @param parts those that name members of it, in the order of the rules
 */
record ColumnRules(Optional<Method> whole, List<Rule> parts) {

  static ColumnRules only(Method method) {
    return new ColumnRules(Optional.of(method), List.of());
  }

  boolean isEmpty() {
    return whole.isEmpty() && parts.isEmpty();
  }

  /** Whether every value leaves as it came. */
  boolean keeps() {
    return parts.isEmpty() && (whole.isEmpty() || whole.get() instanceof Method.Keep);
  }

  /** The rule of a member; the first that covers it counts. */
  Method of(List<String> names) {
    return parts.stream()
        .filter(part -> part.path().orElseThrow().covers(names))
        .map(Rule::method)
        .findFirst()
        .or(() -> whole)
        .orElse(new Method.Keep());
  }
}
