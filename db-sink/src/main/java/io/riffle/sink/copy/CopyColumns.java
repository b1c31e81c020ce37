package io.riffle.sink.copy;

import io.riffle.schemas.ddl.TableDdl;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import java.util.ArrayList;
import java.util.List;

/** The columns of COPY rows, in their order. */
public final class CopyColumns {
  private CopyColumns() {}

  /** Layout columns, then the row's version and, where there are lines, their hash. */
  public static List<String> header(Layout layout) {
    List<String> names = new ArrayList<>(sqlNames(layout.headerColumns()));
    names.add(TableDdl.GENERATION);
    names.add(TableDdl.OFFSET);
    if (layout.hasLines()) {
      names.add(TableDdl.LINES_HASH);
    }
    return names;
  }

  /** The record's key, then the layout's line columns. */
  public static List<String> lines(Layout layout) {
    List<String> names = new ArrayList<>();
    names.add(layout.key().sqlName());
    names.addAll(sqlNames(layout.lineColumns()));
    return names;
  }

  private static List<String> sqlNames(List<Column> columns) {
    return columns.stream().map(Column::sqlName).toList();
  }
}
