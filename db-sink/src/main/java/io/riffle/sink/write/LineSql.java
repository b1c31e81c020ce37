package io.riffle.sink.write;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.sink.copy.CopyColumns;
import java.util.List;

/** The lines of claims, which are written anew as a whole: nobody refers to one of them. */
final class LineSql extends ChildSql {
  private final String number;

  LineSql(Layout layout, String schema, String name, Parent parent) {
    super(parent, schema, name, CopyColumns.lines(layout));
    this.number = layout.lineKey().map(Column::sqlName).orElseThrow();
  }

  @Override
  List<String> rewrite() {
    return List.of(dropEqual(), deleteChanged(), insert());
  }

  private String insert() {
    String names = String.join(", ", stage().columns());
    return String.format(
        "INSERT INTO %s (%s) SELECT %s FROM %s ORDER BY %s, %s",
        table(), names, names, stage().table(), key(), number);
  }
}
