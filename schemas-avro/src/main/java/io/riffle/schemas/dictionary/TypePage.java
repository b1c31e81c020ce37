package io.riffle.schemas.dictionary;

import static io.riffle.schemas.dictionary.MarkdownTable.code;

import io.riffle.schemas.ddl.SqlTypes;
import io.riffle.schemas.ddl.Table;
import io.riffle.schemas.ddl.TableColumn;
import io.riffle.schemas.ddl.Tables;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.EmptyRule;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page of one type. */
final class TypePage {

  private static final String NOTHING = "–";

  private final Layout layout;
  private final Optional<Layout> joined;
  private final List<Table> tables;

  TypePage(Layout layout, Layouts layouts) {
    this.layout = layout;
    this.joined = layout.joins().map(layouts::get);
    this.tables =
        Tables.of(joined.orElse(layout), "").stream()
            .filter(table -> joined.isEmpty() || table.name().equals(layout.headerTable()))
            .toList();
  }

  String text() {
    return String.join("\n", head(), facts(), "## Columns\n", columns(), own());
  }

  private String head() {
    return String.format(
        "<!-- Written from %1$s.yaml; README.md says how. -->\n# %1$s\n\n%2$s\n",
        layout.type(), layout.description());
  }

  private String facts() {
    StringBuilder text = new StringBuilder();
    for (Table table : tables) {
      text.append("- One row of ").append(code(table.name())).append(" is ");
      text.append(table.rows()).append(".\n");
    }
    text.append("- Key: ").append(code(layout.key().name())).append(".");
    layout.lineKey().ifPresent(key -> text.append(number(key)));
    layout.person().ifPresent(p -> text.append(" Person: ").append(code(p.name())).append("."));
    joined.ifPresent(type -> text.append(" Joins the records of ").append(link(type)).append("."));
    return text.append("\n- Layout version: ").append(version()).append(".\n").toString();
  }

  private static String number(Column lineKey) {
    return " Number of a line: " + code(lineKey.name()) + ".";
  }

  private static String link(Layout type) {
    return "[" + type.type() + "](" + type.type() + ".md)";
  }

  private int version() {
    return layout.columns().stream().mapToInt(Column::since).max().orElse(1);
  }

  private String columns() {
    MarkdownTable rows =
        new MarkdownTable(
            List.of(
                "Header row",
                "Column",
                "Type",
                "In a file",
                "Empty",
                "Meaning",
                "Tables",
                "Since"));
    layout.columns().forEach(column -> rows.row(row(column)));
    return rows.toString();
  }

  private List<String> row(Column column) {
    return List.of(
        code(column.source()),
        column.stored() ? code(column.sqlName()) : NOTHING,
        type(column),
        column.required() ? "always" : "may be missing",
        empty(column.empty()),
        column.description(),
        places(column),
        String.valueOf(column.since()));
  }

  private static String type(Column column) {
    return column.kind() == Kind.ACTION ? NOTHING : SqlTypes.of(column);
  }

  private static String empty(EmptyRule rule) {
    return switch (rule) {
      case NULL -> "null";
      case ERROR -> "rejects the record";
      case ZERO -> "0";
      case TEXT -> "an empty text";
    };
  }

  /** The tables that have the column; with the table's name of it where that is another one. */
  private String places(Column column) {
    String places =
        tables.stream()
            .flatMap(
                table ->
                    table.columns().stream()
                        .filter(place -> isFedBy(place, column))
                        .map(place -> place(table, place, column)))
            .collect(Collectors.joining(", "));
    return places.isEmpty() ? NOTHING : places;
  }

  /** Columns of a joined type's table are those of the type that joins, by name. */
  private boolean isFedBy(TableColumn place, Column column) {
    return joined.isPresent()
        ? column.stored() && place.name().equals(column.sqlName())
        : place.columns().contains(column);
  }

  private static String place(Table table, TableColumn place, Column column) {
    return place.name().equals(column.sqlName())
        ? code(table.name())
        : code(table.name() + "." + place.name());
  }

  /** What no file brings. */
  private String own() {
    MarkdownTable rows = new MarkdownTable(List.of("Column", "Type", "Meaning", "Table"));
    for (Table table : tables) {
      table.columns().stream()
          .filter(column -> column.columns().isEmpty())
          .map(c -> List.of(code(c.name()), c.type(), c.meaning(), code(table.name())))
          .forEach(rows::row);
    }
    return "## Columns of Riffle's own\n\n" + rows;
  }
}
