package io.riffle.merge.topology;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.EmptyRule;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Level;
import io.riffle.schemas.layout.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A layout with every case that matters to the merge, and few columns, so that records collide. */
final class SmallLayout {
  private SmallLayout() {}

  static Layout withLines() {
    List<Column> columns = new ArrayList<>(header());
    columns.add(column("L_OPT_NUM", Level.LINE, Kind.LONG, false, Role.NONE));
    columns.add(column("L_REQ", Level.LINE, Kind.STRING, true, Role.NONE));
    columns.add(column("L_NUM", Level.LINE, Kind.SHORT, true, Role.LINE_KEY));
    columns.add(column("L_OPT", Level.LINE, Kind.STRING, false, Role.NONE));
    return new Layout("SMALL", "A small type", 2, "small", Optional.of("small_lines"), columns);
  }

  static Layout withoutLines() {
    return new Layout("FLAT", "A flat type", 2, "flat", Optional.empty(), header());
  }

  static Set<String> requiredOfLine(Layout layout) {
    return layout.lineColumns().stream()
        .filter(Column::required)
        .map(Column::sqlName)
        .collect(Collectors.toSet());
  }

  private static List<Column> header() {
    return List.of(
        column("DML_IND", Level.HEADER, Kind.ACTION, true, Role.NONE),
        column("REQ", Level.HEADER, Kind.STRING, true, Role.NONE),
        column("ID", Level.HEADER, Kind.LONG, true, Role.KEY),
        column("OPT", Level.HEADER, Kind.STRING, false, Role.NONE),
        column("REQ_NUM", Level.HEADER, Kind.LONG, true, Role.NONE),
        column("OPT_NUM", Level.HEADER, Kind.LONG, false, Role.NONE));
  }

  private static Column column(String name, Level level, Kind kind, boolean required, Role role) {
    return new Column(
        name,
        0,
        level,
        kind,
        kind == Kind.STRING ? 8 : 0,
        0,
        0,
        required,
        required ? EmptyRule.ERROR : EmptyRule.NULL,
        role,
        1,
        name.toLowerCase(Locale.ROOT));
  }
}
