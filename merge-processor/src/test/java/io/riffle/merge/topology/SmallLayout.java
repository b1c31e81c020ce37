package io.riffle.merge.topology;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.EmptyRule;
import io.riffle.schemas.layout.History;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Level;
import io.riffle.schemas.layout.Lines;
import io.riffle.schemas.layout.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A layout with every case that matters to the merge, and few columns, so that records collide. */
final class SmallLayout {
  private static final Column BIRTH = column("BIRTH", Level.HEADER, Kind.STRING, true, Role.NONE);
  private static final Column MBI = column("MBI", Level.HEADER, Kind.STRING, false, Role.NONE);
  private static final Column END = column("END", Level.HEADER, Kind.LONG, false, Role.NONE);

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

  /** People: two columns make an identity, a third is shown with it. */
  static Layout persons() {
    List<Column> columns =
        List.of(
            column("DML_IND", Level.HEADER, Kind.ACTION, true, Role.NONE),
            column("NAME", Level.HEADER, Kind.STRING, true, Role.NONE),
            column("ID", Level.HEADER, Kind.LONG, true, Role.KEY),
            BIRTH,
            column("YR", Level.HEADER, Kind.DECIMAL, false, Role.LINE_KEY),
            column("M_1", Level.LINE, Kind.STRING, false, Role.NONE),
            MBI,
            column("M_2", Level.LINE, Kind.LONG, false, Role.NONE),
            END,
            column("M_3", Level.LINE, Kind.STRING, false, Role.NONE),
            column("OPT_NUM", Level.HEADER, Kind.LONG, false, Role.NONE));
    return new Layout(
        "PERSON",
        "A small person",
        2,
        "person",
        Lines.YEARS,
        Optional.of("months"),
        Optional.of(new History("formers", List.of(BIRTH, MBI), List.of(END))),
        Optional.empty(),
        columns);
  }

  /** Former identities of {@link #persons}, in another order. */
  static Layout formers() {
    List<Column> columns =
        List.of(
            column("DML_IND", Level.HEADER, Kind.ACTION, true, Role.NONE),
            END,
            column("ID", Level.HEADER, Kind.LONG, true, Role.KEY),
            MBI,
            BIRTH);
    return new Layout(
        "PERSON_HISTORY",
        "Small former identities",
        2,
        "formers",
        Lines.NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.of("PERSON"),
        columns);
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
        kind == Kind.DECIMAL ? 4 : 0,
        0,
        required,
        required ? EmptyRule.ERROR : EmptyRule.NULL,
        role,
        1,
        name.toLowerCase(Locale.ROOT));
  }
}
