package io.riffle.console.html;

import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.element;

import java.util.ArrayList;
import java.util.List;

/**
 * A table with a caption for those who hear it. In a window too narrow for it, it scrolls; in a
 * very narrow one its rows are cards (unless it has two columns only), where each cell carries the
 * name of its column.
 */
public final class TableOf {
  private static final String NUMBER = "#";

  /** So many columns find room in any window. */
  private static final int FEW = 2;

  private final String caption;
  private final List<String> columns;
  private final List<Node> rows = new ArrayList<>();

  /**
   * @param columns names; one that begins with {@code #} is of numbers
   */
  public TableOf(String caption, String... columns) {
    this.caption = caption;
    this.columns = List.of(columns);
  }

  /** Cells in the order of the columns; text or nodes. */
  public TableOf row(Object... cells) {
    return rowOf(null, cells);
  }

  /** The same, with a class for the row. */
  public TableOf rowOf(String rowClass, Object... cells) {
    List<Node> made = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      String column = columns.get(i);
      made.add(
          element(
              i == 0 ? "th" : "td",
              i == 0 ? attr("scope", "row") : List.of(),
              attr("data-label", name(column)),
              column.startsWith(NUMBER) ? cls("number") : List.of(),
              cells[i]));
    }
    rows.add(element("tr", rowClass == null ? List.of() : cls(rowClass), made));
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** As it is shown. */
  public Node node() {
    return div(
        cls(columns.size() > FEW ? "scroll rows" : "scroll"),
        attr("tabindex", "0"),
        attr("role", "region"),
        attr("aria-label", caption),
        element(
            "table",
            element("caption", caption),
            element("thead", element("tr", columns.stream().map(TableOf::head).toList())),
            element("tbody", rows)));
  }

  private static Node head(String column) {
    return element(
        "th",
        attr("scope", "col"),
        column.startsWith(NUMBER) ? cls("number") : List.of(),
        name(column));
  }

  private static String name(String column) {
    return column.startsWith(NUMBER) ? column.substring(1) : column;
  }
}
