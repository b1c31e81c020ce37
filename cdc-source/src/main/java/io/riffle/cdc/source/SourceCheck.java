package io.riffle.cdc.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Whether a source can be captured; everything that is in the way at once. Changes nothing. */
public final class SourceCheck {
  private SourceCheck() {}

  public static Inspection run(Connection source, SourceNames names, List<TableName> tables)
      throws SQLException {
    List<String> problems = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    ServerCheck.run(source, names, problems, warnings);
    List<CapturedTable> found = new TableCheck(source, names, problems).run(tables);
    new PublicationCheck(source, names, problems).run(found);
    ColumnCheck columns = new ColumnCheck(source);
    for (CapturedTable table : found) {
      if (table.hasKey()) {
        columns.run(table, warnings);
      } else {
        warnings.add(table.name() + " has no key: it is not streamed, but reloaded as a whole");
      }
    }
    return new Inspection(found, problems, warnings);
  }
}
