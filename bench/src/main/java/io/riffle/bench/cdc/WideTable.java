package io.riffle.bench.cdc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringJoiner;
import javax.sql.DataSource;

/** A table of 41 columns, some 400 bytes a row, with made-up values that do not repeat. */
final class WideTable {

  static final String NAME = "wide_rows";

  private static final int OF_EACH = 8;

  private final DataSource database;

  WideTable(DataSource database) {
    this.database = database;
  }

  /** Makes it, instead of one that was there. */
  void fill(long rows) throws SQLException {
    execute(
        "DROP TABLE IF EXISTS " + NAME,
        create(NAME) + ", PRIMARY KEY (id))",
        "INSERT INTO %s SELECT %s FROM generate_series(1, %d) n".formatted(NAME, values(), rows),
        "ANALYZE " + NAME);
  }

  /** The statement that makes such a table, without its closing bracket. */
  static String create(String name) {
    StringJoiner columns = new StringJoiner(", ", "CREATE TABLE " + name + " (", "");
    columns.add("id bigint NOT NULL");
    for (int i = 1; i <= OF_EACH; i++) {
      columns.add("code_" + i + " varchar(16)").add("amount_" + i + " numeric(12,2)");
      columns
          .add("day_" + i + " date")
          .add("at_" + i + " timestamptz")
          .add("number_" + i + " integer");
    }
    return columns.toString();
  }

  private static String values() {
    StringJoiner values = new StringJoiner(", ");
    values.add("n");
    for (int i = 1; i <= OF_EACH; i++) {
      values.add("substr(md5((n * " + i + ")::text), 1, 4 + " + i + ")");
      values.add("(n * " + (i * 37) + " % 10000000) / 100.0");
      values.add("date '2000-01-01' + (n * " + i + " % 9000)::int");
      values.add("timestamptz '2020-01-01 00:00Z' + n * interval '" + i + ".123456 s'");
      values.add("CASE WHEN n % 7 = 0 THEN NULL ELSE (n * " + i + " % 2000000000)::int END");
    }
    return values.toString();
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
