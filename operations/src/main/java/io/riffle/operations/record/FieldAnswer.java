package io.riffle.operations.record;

import io.riffle.operations.record.MergedImage.Field;
import io.riffle.schemas.control.Version;
import java.util.Optional;

/**
 * What is known of a field of a row.
 *
 * @param inTable whether the table has the row
 * @param value what the table has; empty is null
 * @param written what the merged record has that wrote the row
 * @param delivered what the deliveries give that can be seen
 */
public record FieldAnswer(
    RowId row,
    String column,
    boolean inTable,
    Optional<String> value,
    Optional<Field> written,
    Optional<Field> delivered,
    Standing standing) {

  /** How the table's value stands to the records. */
  public enum Standing {
    /** It is what they give. */
    AGREES,
    /** A newer record than the row's set it. */
    BEHIND,
    /** It is not what the row's own merged record has. */
    CHANGED,
    /** It is not what the records give, and no newer one tells why. */
    DIFFERS,
    /** Nothing that can be seen speaks of it. */
    UNSEEN
  }

  /** The version that set the table's value, where it is known. */
  public Optional<Version> setBy() {
    return source().flatMap(Field::setBy);
  }

  /** Whether it is known that no record ever had the column. */
  public boolean isOfNobody() {
    return source().filter(field -> field.setBy().isEmpty()).isPresent();
  }

  /** Whether an older record than the newest FULL one set it. */
  public boolean isInherited() {
    return source().filter(Field::isInherited).isPresent();
  }

  /** The row's own record tells what it wrote; without it the deliveries do. */
  private Optional<Field> source() {
    return written.isPresent() ? written : delivered;
  }

  /** Values are health data. */
  @Override
  public String toString() {
    return "FieldAnswer[" + row.kind() + ", " + column + ", " + standing + "]";
  }
}
