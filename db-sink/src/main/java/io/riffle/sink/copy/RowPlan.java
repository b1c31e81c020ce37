package io.riffle.sink.copy;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * How the columns of one table are copied from one writer's fields: in layout order, null where the
 * writer has no such field. Remembers the key and the person of the row it copied last. One thread
 * at a time.
 */
final class RowPlan {
  private final FieldCopier[] steps;
  private final int keyStep;
  private final int personStep;
  private long key;
  private OptionalLong person = OptionalLong.empty();

  private RowPlan(FieldCopier[] steps, int keyStep, int personStep) {
    this.steps = steps;
    this.keyStep = keyStep;
    this.personStep = personStep;
  }

  /**
   * @param columns the table's columns, in layout order
   * @param fields the writer's fields for them
   * @throws UnknownLayoutException when the writer has a column that the layout does not know, has
   *     it with another type or in another place, or lacks a required one
   */
  static RowPlan compile(String table, List<Column> columns, List<Schema.Field> fields) {
    requireKnown(table, columns, fields);
    List<FieldCopier> steps = new ArrayList<>();
    int next = 0;
    for (Column column : columns) {
      boolean sent = next < fields.size() && fields.get(next).name().equals(column.sqlName());
      steps.add(sent ? copier(table, column, fields.get(next)) : absent(table, column));
      next += sent ? 1 : 0;
    }
    if (next < fields.size()) {
      throw unknown(table, fields.get(next).name(), "does not stand in the layout's order");
    }
    return new RowPlan(
        steps.toArray(FieldCopier[]::new),
        indexOf(columns, Role.KEY),
        indexOf(columns, Role.PERSON));
  }

  int size() {
    return steps.length;
  }

  /** Copies the fields of a row, without its count of columns. */
  void copy(AvroCursor in, RowBuffer out) throws MalformedValueException {
    for (int i = 0; i < steps.length; i++) {
      int before = out.length();
      steps[i].copy(in, out);
      if (i == keyStep) {
        key = keyOf(before, out);
      } else if (i == personStep) {
        boolean present = out.length() - before > Integer.BYTES;
        person = present ? OptionalLong.of(out.lastLong()) : OptionalLong.empty();
      }
    }
  }

  /**
   * Copies the fields of a row that is neither a record's own nor kept as it is.
   *
   * @param bounds filled with where each field starts and, last, where the row ends
   */
  void copy(AvroCursor in, RowBuffer out, int[] bounds) throws MalformedValueException {
    for (int i = 0; i < steps.length; i++) {
      bounds[i] = out.length();
      steps[i].copy(in, out);
    }
    bounds[steps.length] = out.length();
  }

  /** Makes the column of the reference year remember what it copied. */
  YearField watchYear(int step) {
    YearField year = new YearField(steps[step]);
    steps[step] = year;
    return year;
  }

  long key() {
    return key;
  }

  OptionalLong person() {
    return personStep < 0 ? OptionalLong.of(key) : person;
  }

  private static long keyOf(int before, RowBuffer out) throws MalformedValueException {
    if (out.length() - before != Integer.BYTES + Long.BYTES) {
      throw new MalformedValueException("no key");
    }
    return out.lastLong();
  }

  private static int indexOf(List<Column> columns, Role role) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).role() == role) {
        return i;
      }
    }
    return -1;
  }

  private static void requireKnown(String table, List<Column> columns, List<Schema.Field> fields) {
    Set<String> known = new HashSet<>();
    columns.forEach(column -> known.add(column.sqlName()));
    for (Schema.Field field : fields) {
      if (!known.contains(field.name())) {
        throw unknown(table, field.name(), "is not in the layout of this build");
      }
    }
  }

  private static FieldCopier copier(String table, Column column, Schema.Field field) {
    Optional<FieldCopier> copier = FieldCopiers.of(column, field.schema());
    return copier.orElseThrow(
        () -> unknown(table, field.name(), "has another type than in the layout of this build"));
  }

  private static FieldCopier absent(String table, Column column) {
    if (column.required()) {
      throw unknown(table, column.sqlName(), "is required, and the writer's schema lacks it");
    }
    return FieldCopier.NULL;
  }

  private static UnknownLayoutException unknown(String table, String column, String why) {
    return new UnknownLayoutException(
        "table " + table + ": column " + column + " " + why + "; update the db-sink or the layout");
  }
}
