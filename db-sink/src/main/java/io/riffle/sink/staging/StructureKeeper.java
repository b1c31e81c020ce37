package io.riffle.sink.staging;

import io.riffle.failure.SqlFailures;
import io.riffle.sink.staging.ChangeLog.What;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a staging table what the events' schema says, in the transaction of the first such events:
 * columns come and widen, none goes, none gets narrower.
 */
final class StructureKeeper {
  private final Connection connection;
  private final Alterations alterations;
  private final CapturedTable table;
  private final ChangeLog log;
  private final boolean isNew;

  /** A change that no table can follow. */
  static final class ImpossibleException extends Exception {
    private static final long serialVersionUID = 1L;

    ImpossibleException(String message) {
      super(message);
    }
  }

  /**
   * @param isNew whether the events are newer than all that the table has seen: what only older
   *     events have, or lack, is no news
   */
  StructureKeeper(
      Connection connection,
      Alterations alterations,
      CapturedTable table,
      ChangeLog log,
      boolean isNew) {
    this.connection = connection;
    this.alterations = alterations;
    this.table = table;
    this.log = log;
    this.isNew = isNew;
  }

  /**
   * The table's structure afterwards.
   *
   * @param there the structure that it has; empty when it is to be made
   */
  TableStructure follow(Optional<TableStructure> there, RowShape row, RowShape key)
      throws SQLException, ImpossibleException {
    Map<String, ColumnType> wanted = wanted(row, key);
    List<String> names = key.columns().stream().map(SourceColumn::name).toList();
    if (there.isEmpty()) {
      return create(wanted, names);
    }
    requireSameKey(there.get(), names);
    TableStructure structure = there.get();
    List<String> added = new ArrayList<>();
    for (Map.Entry<String, ColumnType> column : wanted.entrySet()) {
      ColumnType type = structure.columns().get(column.getKey());
      if (type == null) {
        add(column.getKey(), column.getValue());
        added.add(column.getKey());
        structure = structure.with(column.getKey(), column.getValue());
      } else if (!type.equals(column.getValue())) {
        ColumnType wider = widen(column.getKey(), type, column.getValue());
        structure = structure.with(column.getKey(), wider);
      }
    }
    if (isNew) {
      noteDropped(there.get(), wanted.keySet(), added);
    }
    return structure;
  }

  /** Columns of the key that the row does not have come first: cdc-source made them. */
  private Map<String, ColumnType> wanted(RowShape row, RowShape key)
      throws SQLException, ImpossibleException {
    Map<String, ColumnType> wanted = new LinkedHashMap<>();
    Set<String> ofRow = row.columns().stream().map(SourceColumn::name).collect(Collectors.toSet());
    for (SourceColumn column : key.columns()) {
      if (!ofRow.contains(column.name())) {
        wanted.put(column.name(), resolve(column));
      }
    }
    for (SourceColumn column : row.columns()) {
      wanted.put(column.name(), resolve(column));
    }
    for (String name : wanted.keySet()) {
      if (TableStructure.isOwn(name)) {
        throw new ImpossibleException(
            "the source has a column " + name + ", a name that " + table + " needs for itself");
      }
    }
    return wanted;
  }

  private ColumnType resolve(SourceColumn column) throws SQLException {
    makeSchema(connection, table.stagingSchema());
    return TargetTypes.resolve(connection, table.stagingSchema(), column.type());
  }

  /** Asks first: CREATE IF NOT EXISTS wants the right to create also where nothing is created. */
  static void makeSchema(Connection connection, String schema) throws SQLException {
    if (!Probe.exists(connection, "SELECT to_regnamespace(?)", Sql.name(schema))) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE SCHEMA " + Sql.name(schema));
      }
    }
  }

  private TableStructure create(Map<String, ColumnType> columns, List<String> key)
      throws SQLException, ImpossibleException {
    StringBuilder ddl = new StringBuilder("CREATE TABLE ").append(table.sqlName()).append(" (");
    columns.forEach(
        (name, type) -> ddl.append(Sql.name(name)).append(' ').append(type.sql()).append(", "));
    ddl.append(
        "riffle_inserted_at timestamptz, riffle_updated_at timestamptz,"
            + " riffle_deleted_at timestamptz, riffle_epoch integer NOT NULL,"
            + " riffle_commit bigint NOT NULL, riffle_lsn bigint NOT NULL,"
            + " riffle_offset bigint NOT NULL, riffle_unsent text[], PRIMARY KEY (");
    define(ddl.append(Sql.names(key)).append("))").toString());
    execute(
        "CREATE INDEX ON "
            + table.sqlName()
            + " (riffle_offset) WHERE riffle_unsent IS NOT NULL AND riffle_deleted_at IS NULL");
    log.add(What.CREATED, "key " + String.join(", ", key));
    return new TableStructure(columns, key);
  }

  private void requireSameKey(TableStructure there, List<String> key) throws ImpossibleException {
    if (!Set.copyOf(there.key()).equals(Set.copyOf(key))) {
      throw new ImpossibleException(
          "the key in the source is now ("
              + String.join(", ", key)
              + "), that of "
              + table
              + " is ("
              + String.join(", ", there.key())
              + "). Remedy: DROP TABLE "
              + table.sqlName()
              + ", and a snapshot of the table (riffle cdc snapshot)");
    }
  }

  private void add(String name, ColumnType type) throws SQLException, ImpossibleException {
    alterations.run(
        connection,
        "ALTER TABLE " + table.sqlName() + " ADD COLUMN " + Sql.name(name) + " " + type.sql());
    log.add(name, What.ADDED, type.sql());
  }

  private ColumnType widen(String name, ColumnType there, ColumnType wanted)
      throws SQLException, ImpossibleException {
    if (!isNew && Widening.isSideways(there, wanted)) {
      return there; // older events do not turn the column back
    }
    ColumnType wider =
        Widening.of(there, wanted)
            .orElseThrow(
                () ->
                    new ImpossibleException(
                        "column "
                            + name
                            + " is "
                            + wanted
                            + " in the source now, in "
                            + table
                            + " it is "
                            + there
                            + ", and no type takes both. Remedy: ALTER TABLE "
                            + table.sqlName()
                            + " by hand, or DROP it and take a snapshot (riffle cdc snapshot)"));
    if (!wider.equals(there)) {
      alterations.run(
          connection,
          String.format(
              "ALTER TABLE %s ALTER COLUMN %2$s TYPE %3$s USING %2$s::%3$s",
              table.sqlName(), Sql.name(name), wider.sql()));
      log.add(name, What.WIDENED, there + " to " + wider + ", in the source " + wanted);
    } else if (isNew) {
      note(name, What.NARROWED, "in the source " + wanted + ", stays " + there);
    }
    return wider;
  }

  /**
   * A column that was renamed is one that went and one that came: which, the source does not say.
   */
  private void noteDropped(TableStructure there, Set<String> sent, List<String> added)
      throws SQLException {
    String with = added.isEmpty() ? "" : "; with it came " + String.join(", ", added);
    Map<String, String> last = log.last();
    for (String name : there.names()) {
      boolean noted = last.getOrDefault(name, "").startsWith(What.DROPPED.name());
      if (!sent.contains(name) && !noted) {
        log.add(name, What.DROPPED, "stays here, with the values that it has" + with);
      } else if (sent.contains(name) && noted) {
        log.add(name, What.RETURNED, there.columns().get(name).sql());
      }
    }
  }

  /** Notes what was not noted last. */
  private void note(String name, What what, String detail) throws SQLException {
    if (!(what + " " + detail).equals(log.last().get(name))) {
      log.add(name, what, detail);
    }
  }

  /** Nothing is wrong with the rows if this database has no such table. */
  private void define(String ddl) throws SQLException, ImpossibleException {
    try {
      execute(ddl);
    } catch (SQLException e) {
      if (TableTrouble.isRefusedDefinition(e)) {
        throw new ImpossibleException(
            table
                + " cannot be made as the source has it, "
                + SqlFailures.of(e).text()
                + ": "
                + ddl);
      }
      throw e;
    }
  }

  private void execute(String ddl) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(ddl);
    }
  }
}
