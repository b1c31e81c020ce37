package io.riffle.merge.rule;

import java.util.Optional;

/** What waits for its key or its line. */
public sealed interface Waiting {

  /**
   * A field of a MERGE record.
   *
   * @param line the absent line; empty for a field of the record itself
   * @param column index among the columns of its level
   */
  record Field(Optional<Integer> line, int column, Cell cell) implements Waiting {}

  /**
   * A former identity of a person that is not there.
   *
   * @param file the file that sent it
   */
  record Row(Former former, long file) implements Waiting {}
}
