package io.riffle.chaos.check;

import io.riffle.chaos.check.Finding.Kind;
import io.riffle.schemas.ddl.TableDdl;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.layout.Lines;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** No key, line, month or former identity is there twice. Indexes are not trusted for it. */
public final class NoRowTwice {

  private final DataSource database;
  private final String schema;
  private final Map<String, String> keys = new LinkedHashMap<>();

  public NoRowTwice(DataSource database, String schema, Layouts layouts) {
    this.database = database;
    this.schema = schema;
    layouts.all().stream().filter(layout -> layout.joins().isEmpty()).forEach(this::add);
  }

  private void add(Layout layout) {
    String key = layout.key().sqlName();
    keys.put(layout.headerTable(), key);
    layout
        .lineTable()
        .ifPresent(
            table ->
                keys.put(
                    table,
                    key
                        + ", "
                        + (layout.lines() == Lines.YEARS
                            ? TableDdl.YEAR_MONTH
                            : layout.lineKey().orElseThrow().sqlName())));
    layout
        .history()
        .ifPresent(history -> keys.put(history.table(), key + ", " + TableDdl.HISTORY_RECORD));
  }

  public List<Finding> look() throws SQLException {
    List<Finding> findings = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET enable_indexscan = off; SET enable_indexonlyscan = off");
      statement.execute("SET enable_bitmapscan = off");
      for (Map.Entry<String, String> table : keys.entrySet()) {
        long twice = twice(statement, table.getKey(), table.getValue());
        if (twice > 0) {
          String what = table.getKey() + " has " + twice + " keys more than once";
          findings.add(new Finding("NoRowTwice", Kind.DOUBLED, what, twice));
        }
      }
    }
    return findings;
  }

  private long twice(Statement statement, String table, String key) throws SQLException {
    String sql =
        String.format(
            "SELECT count(*) FROM (SELECT FROM %s.%s GROUP BY %s HAVING count(*) > 1) twice",
            schema, table, key);
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
