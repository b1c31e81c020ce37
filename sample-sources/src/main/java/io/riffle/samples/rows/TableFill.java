package io.riffle.samples.rows;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Fills a table by COPY. */
public final class TableFill {

  private final Connection connection;
  private final TableShape table;
  private final RowMaker maker;

  public TableFill(Connection connection, TableShape table, RowMaker maker) {
    this.connection = connection;
    this.table = table;
    this.maker = maker;
  }

  /** Adds the rows numbered 1 to {@code rows} in one transaction. */
  public void fill(long rows) throws SQLException {
    String columns =
        table.columns().stream().map(ColumnShape::quoted).collect(Collectors.joining(", "));
    String sql = "COPY %s (%s) FROM STDIN (FORMAT csv)".formatted(table.quoted(), columns);
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      for (long n = 1; n <= rows; n++) {
        byte[] line = line(maker.row(table, n, n)).getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(line, 0, line.length);
      }
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
    Identities.goOn(connection, table);
  }

  /** Nulls are nothing, all else is quoted. */
  private static String line(Map<String, String> row) {
    StringJoiner line = new StringJoiner(",", "", "\n");
    row.values()
        .forEach(value -> line.add(value == null ? "" : '"' + value.replace("\"", "\"\"") + '"'));
    return line.toString();
  }
}
