package io.riffle.operations.record;

import io.riffle.schemas.control.Version;
import java.util.Optional;

/**
 * A field that waits for its key or its line.
 *
 * @param line the absent line; empty for a field of the record itself
 * @param column the table's; {@code history} for a former identity
 * @param value as text; empty is null, and for a former identity
 * @param setBy version of the record that sent it
 */
public record WaitingField(
    Optional<Integer> line, String column, Optional<String> value, Version setBy) {

  /** Values are health data. */
  @Override
  public String toString() {
    return "WaitingField[" + column + "]";
  }
}
