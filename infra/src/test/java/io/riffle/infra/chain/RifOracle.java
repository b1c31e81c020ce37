package io.riffle.infra.chain;

import io.riffle.schemas.ddl.SqlTypes;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.EmptyRule;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Layout;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * An independent reader of generated RIF files: Postgres itself. The files go as text into
 * temporary tables, are cast there, and are compared with the tables of record as sets.
 */
final class RifOracle {

  private final DataSource database;
  private final String schema;
  private final Layout layout;

  RifOracle(DataSource database, String schema, Layout layout) {
    this.database = database;
    this.schema = schema;
    this.layout = layout;
  }

  /**
   * Rows that are in the files but not in the tables, or in the tables (within the files' keys) but
   * not in the files.
   *
   * @param full a FULL file of the layout
   * @param merge a {@code _MERGE} file with the same records and lines, which is newer
   */
  long differences(Path full, Optional<Path> merge) throws SQLException, IOException {
    try (Connection connection = database.getConnection()) {
      load(connection, "full_file", full);
      if (merge.isPresent()) {
        load(connection, "merge_file", merge.get());
      }
      long differences = compare(connection, layout.headerTable(), headerColumns(), full, merge);
      if (layout.hasLines()) {
        differences +=
            compare(connection, layout.lineTable().orElseThrow(), lineColumns(), full, merge);
      }
      return differences;
    }
  }

  private List<Column> headerColumns() {
    return layout.headerColumns();
  }

  private List<Column> lineColumns() {
    return layout.columns().stream()
        .filter(c -> c.equals(layout.key()) || layout.lineColumns().contains(c))
        .toList();
  }

  /** Reads a file as text into a temporary table. */
  static void load(Connection connection, String table, Path file)
      throws SQLException, IOException {
    String columns =
        header(file).stream().map(name -> name + " text").collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE " + table + " (" + columns + ")");
    }
    try (Reader reader = Files.newBufferedReader(file)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY "
                  + table
                  + " FROM STDIN (FORMAT csv, DELIMITER '|', HEADER true, QUOTE E'\\b')",
              reader);
    }
  }

  /** The column names of a file. */
  static List<String> header(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      String first = lines.findFirst().orElseThrow().replace("\uFEFF", "");
      return List.of(first.split("\\|", -1));
    }
  }

  private long compare(
      Connection connection, String table, List<Column> columns, Path full, Optional<Path> merge)
      throws SQLException, IOException {
    String expected = expected(columns, header(full), merge);
    String key = layout.key().sqlName();
    String stored =
        String.format(
            "SELECT %s FROM %s.%s WHERE %s IN (SELECT %s::bigint FROM full_file)",
            names(columns), schema, table, key, layout.key().name());
    String sql =
        String.format(
            "SELECT (SELECT count(*) FROM (%1$s EXCEPT %2$s) a)"
                + " + (SELECT count(*) FROM (%2$s EXCEPT %1$s) b)",
            expected, stored);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private String expected(List<Column> columns, List<String> full, Optional<Path> merge)
      throws IOException {
    List<String> patched = merge.isPresent() ? header(merge.get()) : List.of();
    String values =
        columns.stream()
            .map(
                column ->
                    patched.contains(column.name())
                        ? cast("m." + column.name(), column)
                        : full.contains(column.name())
                            ? cast("f." + column.name(), column)
                            : "NULL::" + SqlTypes.of(column))
            .collect(Collectors.joining(", "));
    return "SELECT DISTINCT " + values + " FROM full_file f" + join(merge.isPresent());
  }

  private String join(boolean merged) {
    String columns =
        layout.key().name() + layout.lineKey().map(column -> ", " + column.name()).orElse("");
    if (!merged) {
      return "";
    }
    String on =
        List.of(columns.split(", ")).stream()
            .map(name -> "m." + name + " = f." + name)
            .collect(Collectors.joining(" AND "));
    return " JOIN merge_file m ON " + on;
  }

  /** The value of a field by the layout's rule for empty ones, cast by the database. */
  static String cast(String field, Column column) {
    String text = field;
    if (column.empty() == EmptyRule.ZERO) {
      text = "coalesce(" + field + ", '0')";
    } else if (column.empty() == EmptyRule.TEXT) {
      text = "coalesce(" + field + ", '')";
    }
    String type = column.kind() == Kind.CHAR ? "char(1)" : SqlTypes.of(column);
    return "(" + text + ")::" + type;
  }

  private static String names(List<Column> columns) {
    return columns.stream().map(Column::sqlName).collect(Collectors.joining(", "));
  }
}
