package io.riffle.cdc.obfuscate;

import java.util.Optional;

/**
 * What happens to the columns of a pattern.
 *
 * @param path of the part of a JSON or struct column that is meant; empty: the column as a whole
 */
record Rule(ColumnPattern columns, Optional<JsonPath> path, Method method) {

  /** Written {@code pattern} or {@code pattern$.path}. */
  static Rule parse(String target, String method) {
    int dollar = target.indexOf("$.");
    return new Rule(
        ColumnPattern.of(dollar < 0 ? target : target.substring(0, dollar)),
        dollar < 0 ? Optional.empty() : Optional.of(JsonPath.of(target.substring(dollar))),
        Method.parse(method));
  }
}
