package io.riffle.operations.record;

import io.riffle.operations.record.FieldAnswer.Standing;
import io.riffle.operations.record.MergedImage.Field;
import io.riffle.schemas.control.Version;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Holds three accounts of a key against each other: what the table has, what the merged record says
 * that wrote it, and what the deliveries give that can be seen.
 *
 * @param complete whether all deliveries can be seen
 */
record Comparison(
    SortedMap<RowId, Map<String, Optional<String>>> stored,
    Optional<MergedImage> written,
    Optional<MergedImage> delivered,
    boolean complete) {

  /** All fields of all rows that any of the three has. */
  List<FieldAnswer> fields() {
    Set<RowId> rows = new TreeSet<>(stored.keySet());
    written.ifPresent(image -> rows.addAll(image.rows().keySet()));
    delivered.ifPresent(image -> rows.addAll(image.rows().keySet()));
    List<FieldAnswer> fields = new ArrayList<>();
    for (RowId row : rows) {
      columns(row).forEach(column -> fields.add(field(row, column)));
    }
    return fields;
  }

  private Set<String> columns(RowId row) {
    Set<String> columns = new LinkedHashSet<>();
    columns.addAll(stored.getOrDefault(row, Map.of()).keySet());
    written.ifPresent(image -> columns.addAll(image.rows().getOrDefault(row, Map.of()).keySet()));
    delivered.ifPresent(image -> columns.addAll(image.rows().getOrDefault(row, Map.of()).keySet()));
    return columns;
  }

  private FieldAnswer field(RowId row, String column) {
    Optional<Field> wrote = written.flatMap(image -> image.field(row, column));
    Optional<Field> gives = delivered.flatMap(image -> image.field(row, column));
    boolean inTable = stored.containsKey(row);
    Optional<String> value =
        stored.getOrDefault(row, Map.of()).getOrDefault(column, Optional.empty());
    return new FieldAnswer(
        row, column, inTable, value, wrote, gives, standing(row, inTable, value, wrote, gives));
  }

  private Standing standing(
      RowId row,
      boolean inTable,
      Optional<String> value,
      Optional<Field> wrote,
      Optional<Field> gives) {
    if (written.isPresent() && !isSame(inTable, value, wrote)) {
      return Standing.CHANGED;
    } else if (written.isEmpty()) {
      return withoutWritten(inTable, value, gives);
    } else if (isOvertaken(wrote, gives) || (gives.isEmpty() && isEnded(row))) {
      return Standing.BEHIND;
    }
    boolean same = isSame(wrote.isPresent(), value, gives);
    return complete && delivered.isPresent() && !same ? Standing.DIFFERS : Standing.AGREES;
  }

  private Standing withoutWritten(boolean inTable, Optional<String> value, Optional<Field> gives) {
    if (isSame(inTable, value, gives)) {
      return Standing.AGREES;
    } else if (gives.isEmpty()) {
      return complete ? Standing.DIFFERS : Standing.UNSEEN;
    }
    return stored.isEmpty() ? Standing.BEHIND : Standing.DIFFERS;
  }

  private static boolean isSame(boolean there, Optional<String> value, Optional<Field> field) {
    return field.map(f -> there && FieldValue.same(f.column(), value, f.value())).orElse(!there);
  }

  /** Whether a newer record set the field than the row knows. */
  private static boolean isOvertaken(Optional<Field> wrote, Optional<Field> gives) {
    Optional<Version> newer = gives.flatMap(Field::setBy);
    Optional<Version> known = wrote.flatMap(Field::setBy);
    return newer.isPresent() && (known.isEmpty() || newer.get().isNewerThan(known.get()));
  }

  /** Whether a newer FULL record than the table's is there and lacks the row. */
  private boolean isEnded(RowId row) {
    return delivered
        .filter(image -> !image.rows().containsKey(row))
        .filter(image -> image.merge().full().isNewerThan(written.orElseThrow().merge().full()))
        .isPresent();
  }
}
