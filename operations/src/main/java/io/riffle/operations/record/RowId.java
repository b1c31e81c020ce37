package io.riffle.operations.record;

import java.util.Comparator;
import java.util.Locale;

/**
 * Which row of a record.
 *
 * @param label line number, first day of the month, or the delivered record of a former identity;
 *     empty for the record's own row
 */
public record RowId(Kind kind, String label) implements Comparable<RowId> {

  /** The tables of a type, in the order in which they are shown. */
  public enum Kind {
    RECORD,
    LINE,
    MONTH,
    HISTORY;

    /** For readers. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Comparator<RowId> ORDER =
      Comparator.comparing(RowId::kind)
          .thenComparingInt(row -> row.kind == Kind.LINE ? Integer.parseInt(row.label) : 0)
          .thenComparing(RowId::label);

  public static final RowId RECORD = new RowId(Kind.RECORD, "");

  static RowId line(int number) {
    return new RowId(Kind.LINE, Integer.toString(number));
  }

  static RowId month(String firstDay) {
    return new RowId(Kind.MONTH, firstDay);
  }

  static RowId history(String record) {
    return new RowId(Kind.HISTORY, record);
  }

  /** Whether it belongs to this line, or to this year of a person. */
  public boolean isOf(int line) {
    return switch (kind) {
      case LINE -> Integer.parseInt(label) == line;
      case MONTH -> Integer.parseInt(label.substring(0, label.indexOf('-'))) == line;
      default -> false;
    };
  }

  @Override
  public int compareTo(RowId other) {
    return ORDER.compare(this, other);
  }
}
