package io.riffle.infra.dump;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a dump has of a table, as the database's catalog describes it: the compared columns by name,
 * the rows by primary key. Where the key itself is left out, rows are ordered by all columns.
 *
 * @param name quoted where SQL needs it
 * @param columns the compared ones
 * @param order those that order the rows, the first one first
 */
record CanonicalTable(String name, List<Column> columns, List<Column> order) {

  /** Of the database's write, not of the records. */
  private static final Set<String> LEFT_OUT = Set.of("last_updated", "bene_history_id");

  private static final String BOOKKEEPING = "riffle_";

  /** Names come out in the order of their bytes: that is how type {@code name} compares. */
  private static final String CATALOG =
      """
      SELECT format('%I.%I', n.nspname, t.relname) AS table_name, a.attname,
             quote_ident(a.attname) AS quoted, a.attcollation <> 0 AS collatable,
             coalesce(array_position(k.indkey::int2[], a.attnum), -1) AS key_position
      FROM pg_catalog.pg_class t
      JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
      JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid
      LEFT JOIN pg_catalog.pg_index k ON k.indrelid = t.oid AND k.indisprimary
      WHERE n.nspname = ? AND t.relname = ? AND t.relkind IN ('r', 'p')
        AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attname
      """;

  /**
   * A column.
   *
   * @param name quoted where SQL needs it
   * @param collatable whether the database's locale decides its order unless told otherwise
   * @param keyPosition place in the primary key, or -1
   */
  record Column(String name, boolean leftOut, boolean collatable, int keyPosition) {

    private boolean isKey() {
      return keyPosition >= 0;
    }

    private String ordering() {
      return collatable ? name + " COLLATE \"C\"" : name;
    }
  }

  /**
   * Looks a table up.
   *
   * @throws DumpException when there is none of that name
   */
  static CanonicalTable read(Connection connection, String schema, String table)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CATALOG)) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (ResultSet row = statement.executeQuery()) {
        List<Column> all = new ArrayList<>();
        String name = null;
        while (row.next()) {
          name = row.getString("table_name");
          all.add(column(row));
        }
        if (name == null) {
          throw new DumpException("the database has no table " + schema + "." + table);
        }
        return of(name, all);
      }
    }
  }

  private static Column column(ResultSet row) throws SQLException {
    String name = row.getString("attname");
    return new Column(
        row.getString("quoted"),
        LEFT_OUT.contains(name) || name.startsWith(BOOKKEEPING),
        row.getBoolean("collatable"),
        row.getInt("key_position"));
  }

  private static CanonicalTable of(String name, List<Column> all) {
    List<Column> compared = all.stream().filter(column -> !column.leftOut()).toList();
    List<Column> key =
        all.stream()
            .filter(Column::isKey)
            .sorted(Comparator.comparingInt(Column::keyPosition))
            .toList();
    boolean keyIsCompared = !key.isEmpty() && key.stream().noneMatch(Column::leftOut);
    return new CanonicalTable(name, compared, keyIsCompared ? key : compared);
  }

  /** The statement that copies the rows out for which an SQL condition holds. */
  String copy(String condition) {
    return String.format(
        "COPY (SELECT %s FROM %s WHERE %s ORDER BY %s) TO STDOUT (FORMAT csv, HEADER)",
        list(columns, Column::name), name, condition, list(order, Column::ordering));
  }

  private static String list(List<Column> columns, Function<Column, String> text) {
    return columns.stream().map(text).collect(Collectors.joining(", "));
  }
}
