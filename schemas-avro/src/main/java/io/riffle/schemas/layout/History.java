package io.riffle.schemas.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * What is kept of a person's former identities.
 *
 * @param table one row for each identity that was followed by another one
 * @param identity the columns that make up an identity; two that differ in one of them are two
 * @param others columns that the row shows but that do not make an identity differ
 */
public record History(String table, List<Column> identity, List<Column> others) {

  public History {
    identity = List.copyOf(identity);
    others = List.copyOf(others);
  }

  /** The columns of a history row, without the person's key: identity first. */
  public List<Column> columns() {
    List<Column> columns = new ArrayList<>(identity);
    columns.addAll(others);
    return columns;
  }
}
