package io.riffle.schemas.dictionary;

import io.riffle.schemas.ddl.Table;
import io.riffle.schemas.ddl.Tables;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.util.List;
import java.util.stream.Collectors;

/** The page that lists the others, and says how to read them. */
final class IndexPage {

  private static final String INTRODUCTION =
      """
      # Data dictionary

      What every column of every RIF type is, and where Riffle stores it. These pages are written by the build from the layouts
      ([`schemas-avro/src/main/resources/io/riffle/layouts`](../../schemas-avro/src/main/resources/io/riffle/layouts)); to change one, change its layout, then

      ```
      mvn -pl schemas-avro test -Dtest=DictionaryTest -Driffle.dictionary.write=true
      ```

      """;

  private static final String READING =
      """

      How to read a page:

      - **Header row** is the column's name in a file. Two columns may be read from one field: as sent, and hashed.
      - **Column** is its name in tables (and in Avro records). A column without one is checked, but not stored.
      - **Type** is that of Postgres.
      - **In a file** says whether a FULL file must have the column. A `_MERGE` file needs the key, and the line's number if it has any column of a line.
      - **Empty** is what an empty field of a FULL record becomes. In a `_MERGE` record an empty field becomes null; in a column that must have a value it rejects the record.
      - **Since** is the layout version that brought the column. Files of older versions do not have it.

      How a field's text is read: [how we read RIF](../how-we-read-rif.md).
      """;

  private IndexPage() {}

  static String text(Layouts layouts) {
    MarkdownTable types = new MarkdownTable(List.of("Type", "What it is", "Columns", "Tables"));
    layouts.all().forEach(layout -> types.row(row(layout)));
    return INTRODUCTION + types + READING;
  }

  private static List<String> row(Layout layout) {
    return List.of(
        "[" + layout.type() + "](" + layout.type() + ".md)",
        layout.description(),
        String.valueOf(layout.fileColumns().size()),
        tables(layout));
  }

  private static String tables(Layout layout) {
    if (layout.joins().isPresent()) {
      return MarkdownTable.code(layout.headerTable());
    }
    return Tables.of(layout, "").stream()
        .map(Table::name)
        .map(MarkdownTable::code)
        .collect(Collectors.joining(", "));
  }
}
