package io.riffle.infra.generate;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Level;
import java.util.List;
import java.util.function.Predicate;

/**
 * The columns that generated {@code _MERGE} files bring, as if the feed had gained them lately: the
 * last two optional ones of the record, and of its lines where there are any. A type that joins
 * another one has no such files.
 */
final class BackfillColumns {

  private static final int PER_LEVEL = 2;

  private BackfillColumns() {}

  static List<Column> of(Layout layout) {
    if (layout.joins().isPresent()) {
      return List.of();
    }
    List<Column> optional = layout.fileColumns().stream().filter(c -> !c.required()).toList();
    List<Column> header = last(optional, c -> c.level() == Level.HEADER);
    List<Column> line = last(optional, c -> c.level() == Level.LINE);
    return layout.columns().stream().filter(c -> header.contains(c) || line.contains(c)).toList();
  }

  private static List<Column> last(List<Column> columns, Predicate<Column> which) {
    List<Column> found = columns.stream().filter(which).toList();
    return found.subList(Math.max(0, found.size() - PER_LEVEL), found.size());
  }
}
