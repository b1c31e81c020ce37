package io.riffle.sink.copy;

import io.riffle.schemas.ddl.TableDdl;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.History;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import java.util.ArrayList;
import java.util.List;

/** The columns of COPY rows, in their order. */
public final class CopyColumns {
  private CopyColumns() {}

  /**
   * Layout columns, those of a person's months behind the person's own, then the row's version,
   * where there are lines, their hash, and last the instant of writing.
   */
  public static List<String> header(Layout layout) {
    List<String> names = new ArrayList<>(sqlNames(layout.headerColumns()));
    if (layout.lines() == Lines.YEARS) {
      List<Column> line = layout.lineColumns();
      names.addAll(sqlNames(line.subList(1, line.size())));
    }
    names.add(TableDdl.GENERATION);
    names.add(TableDdl.OFFSET);
    if (layout.hasLines()) {
      names.add(TableDdl.LINES_HASH);
    }
    names.add(TableDdl.LAST_UPDATED);
    return names;
  }

  /** The record's key, then the layout's line columns. */
  public static List<String> lines(Layout layout) {
    return behindKey(layout, sqlNames(layout.lineColumns()));
  }

  /** The person's key, the month, then the columns of months. */
  public static List<String> months(Layout layout) {
    List<String> names = behindKey(layout, List.of(TableDdl.YEAR_MONTH));
    names.addAll(layout.months().keySet());
    return names;
  }

  /** The person's key, the record that showed the identity last, then the identity's columns. */
  public static List<String> history(Layout layout, History history) {
    List<String> names = behindKey(layout, List.of(TableDdl.HISTORY_RECORD));
    names.addAll(sqlNames(history.columns()));
    return names;
  }

  private static List<String> behindKey(Layout layout, List<String> others) {
    List<String> names = new ArrayList<>();
    names.add(layout.key().sqlName());
    names.addAll(others);
    return names;
  }

  private static List<String> sqlNames(List<Column> columns) {
    return columns.stream().map(Column::sqlName).toList();
  }
}
