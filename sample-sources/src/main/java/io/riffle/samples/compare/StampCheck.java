package io.riffle.samples.compare;

import io.riffle.samples.compare.Difference.Kind;
import io.riffle.samples.rows.TableShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether the stamps of a staging table can be. */
final class StampCheck {

  /** By stamp, rows in which it is wrong. Clocks of two servers may differ a little. */
  private static final Map<String, String> WRONG = new LinkedHashMap<>();

  static {
    String late = "%1$s > now() + interval '1 minute'";
    WRONG.put(
        "riffle_inserted_at",
        "riffle_deleted_at IS NULL AND riffle_inserted_at IS NULL"
            + " OR riffle_inserted_at > riffle_updated_at");
    WRONG.put(
        "riffle_updated_at",
        "riffle_deleted_at IS NULL AND riffle_updated_at IS NULL OR "
            + late.formatted("riffle_updated_at"));
    WRONG.put(
        "riffle_deleted_at",
        "riffle_deleted_at < riffle_inserted_at OR " + late.formatted("riffle_deleted_at"));
    WRONG.put("riffle_unsent", "riffle_deleted_at IS NULL AND riffle_unsent IS NOT NULL");
    for (String part : List.of("epoch", "commit", "lsn", "offset")) {
      WRONG.put("riffle_" + part, "riffle_%1$s IS NULL OR riffle_%1$s < 0".formatted(part));
    }
  }

  private static final String DOUBLES =
      """
      SELECT coalesce(sum(number), 0) FROM (
        SELECT count(*) AS number FROM %s WHERE riffle_deleted_at IS NULL
        GROUP BY riffle_epoch, riffle_commit, riffle_lsn, riffle_offset HAVING count(*) > 1) v
      """;

  private final Connection connection;
  private final TableShape table;

  StampCheck(Connection connection, TableShape table) {
    this.connection = connection;
    this.table = table;
  }

  /** Names of the stamps. */
  static List<String> stamps() {
    return List.copyOf(WRONG.keySet());
  }

  /** Of a table that has all the stamps. */
  List<Difference> run() throws SQLException {
    List<Difference> differences = new ArrayList<>();
    for (Map.Entry<String, String> stamp : WRONG.entrySet()) {
      String sql = "SELECT count(*) FROM %s WHERE %s".formatted(table.quoted(), stamp.getValue());
      add(differences, stamp.getKey(), Kind.WRONG_STAMP, number(sql));
    }
    add(differences, "", Kind.SAME_VERSION, number(DOUBLES.formatted(table.quoted())));
    return differences;
  }

  private void add(List<Difference> differences, String column, Kind kind, long rows) {
    if (rows > 0) {
      differences.add(new Difference(table.name(), column, kind, rows));
    }
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
