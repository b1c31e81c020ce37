package io.riffle.chaos.check;

import io.riffle.chaos.data.ChaosSet;
import io.riffle.chaos.reference.Hashing;
import io.riffle.chaos.reference.Reference;
import io.riffle.chaos.reference.Rows;
import io.riffle.infra.generate.GeneratedFile;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.testing.TestPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** Writes into the tables what a set of FULL files makes of them. */
final class LoadedTables {

  private final TestPostgres postgres;
  private final Layouts layouts;

  LoadedTables(TestPostgres postgres, Layouts layouts) {
    this.postgres = postgres;
    this.layouts = layouts;
  }

  void load(ChaosSet set) throws IOException, SQLException {
    for (String type : List.of("BENEFICIARY", "CARRIER", "PDE")) {
      Layout layout = layouts.get(type);
      for (Rows rows : reference(set, layout).tables()) {
        insert(rows, bookkeeping(layout, rows.table()));
      }
    }
  }

  /** The rows of records of one type only. */
  void load(ChaosSet set, String type) throws IOException, SQLException {
    Layout layout = layouts.get(type);
    Rows rows = reference(set, layout).tables().get(0);
    insert(rows, bookkeeping(layout, rows.table()));
  }

  private static Reference reference(ChaosSet set, Layout layout) throws IOException {
    Reference reference = new Reference(layout, Hashing.USUAL);
    for (GeneratedFile file : set.files()) {
      if (file.type().equals(layout.type())) {
        reference.add(set.path(file), false);
      }
    }
    return reference;
  }

  /** Columns that no file feeds, all numbers or texts that a number can be. */
  private static List<String> bookkeeping(Layout layout, String table) {
    if (layout.history().filter(history -> history.table().equals(table)).isPresent()) {
      return List.of("riffle_record");
    } else if (!table.equals(layout.headerTable())) {
      return List.of();
    }
    return layout.hasLines()
        ? List.of("riffle_generation", "riffle_lines_hash", "riffle_offset")
        : List.of("riffle_generation", "riffle_offset");
  }

  private void insert(Rows rows, List<String> bookkeeping) throws SQLException {
    List<String> columns = new ArrayList<>(rows.columns());
    columns.addAll(bookkeeping);
    String sql =
        "INSERT INTO ccw."
            + rows.table()
            + " ("
            + String.join(", ", columns)
            + ") VALUES ("
            + "?, ".repeat(columns.size() - 1)
            + "?)";
    try (Connection connection = postgres.connect();
        PreparedStatement insert = connection.prepareStatement(sql)) {
      int number = 0;
      for (List<String> row : rows.byKey().values()) {
        number++;
        for (int i = 0; i < columns.size(); i++) {
          String value = i < row.size() ? row.get(i) : Integer.toString(number);
          insert.setObject(i + 1, value, Types.OTHER);
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
