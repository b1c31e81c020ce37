package io.riffle.sink.record;

import java.util.Optional;

/**
 * What of a table a refused record does not fit; names from the schema, never a value.
 *
 * @param column of the table, where the database names one
 * @param constraint of the table, where one was violated
 */
public record Blamed(Optional<String> column, Optional<String> constraint) {

  /** Nothing that has a name. */
  public static final Blamed NOTHING = new Blamed(Optional.empty(), Optional.empty());
}
