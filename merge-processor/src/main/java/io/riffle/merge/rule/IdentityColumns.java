package io.riffle.merge.rule;

import java.util.List;

/**
 * Which columns of a person make up an {@link Identity}.
 *
 * @param columns indexes of header columns, in the order of a history row
 * @param compared how many of them, from the first, tell identities apart; the others are shown
 * @param unsaid what a column has as long as no record said anything: null, as it is encoded
 */
public record IdentityColumns(List<Integer> columns, int compared, Identity unsaid) {

  public IdentityColumns {
    columns = List.copyOf(columns);
  }

  /** What the header fields of a record say. */
  Identity of(Fields header) {
    return new Identity(columns.stream().map(header::get).toList());
  }
}
