package io.riffle.sink.staging;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A staging table as the present session knows it. */
final class SettledTable {
  private final CapturedTable table;
  private final String stage;
  private final Set<List<RowShape>> followed = new HashSet<>();
  private TableStructure structure;
  private StagingSql sql;
  private boolean staged;

  /**
   * @param stage name of its temporary table
   */
  SettledTable(CapturedTable table, String stage, TableStructure structure) {
    this.table = table;
    this.stage = stage;
    this.structure = structure;
    this.sql = new StagingSql(table, stage, structure);
  }

  /** Whether the table has been made to fit events of such rows and keys. */
  boolean follows(RowShape row, RowShape key) {
    return followed.contains(List.of(row, key));
  }

  /** The table has a structure that fits events of such rows and keys. */
  void follow(TableStructure fitting, RowShape row, RowShape key) {
    if (!fitting.equals(structure)) {
      structure = fitting;
      sql = new StagingSql(table, stage, fitting);
      staged = false;
    }
    followed.add(List.of(row, key));
  }

  /** Whether a key has the columns that the table's has. */
  boolean hasKey(RowKey key) {
    Set<String> names = new HashSet<>();
    key.shape().columns().forEach(column -> names.add(column.name()));
    return names.equals(Set.copyOf(structure.key()));
  }

  /** Makes the temporary table, where it is not there or has other columns. */
  void makeStage(Connection connection) throws SQLException {
    if (!staged) {
      try (Statement statement = connection.createStatement()) {
        for (String make : sql.createStage()) {
          statement.execute(make);
        }
      }
      staged = true;
    }
  }

  TableStructure structure() {
    return structure;
  }

  StagingSql sql() {
    return sql;
  }
}
