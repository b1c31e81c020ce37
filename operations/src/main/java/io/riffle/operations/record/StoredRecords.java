package io.riffle.operations.record;

import io.riffle.operations.record.StoredRecord.Deleted;
import io.riffle.operations.record.StoredRecord.ParkedPlace;
import io.riffle.operations.record.StoredRecord.RowVersion;
import io.riffle.operations.record.StoredRecord.SinkPosition;
import io.riffle.schemas.ddl.TableDdl;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.History;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Reads what the tables of record and the sink's bookkeeping have of a key. */
public final class StoredRecords {
  private static final String SNAPSHOT =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL DateStyle = 'ISO, YMD'";

  private final DataSource database;
  private final String tables;

  /**
   * @param tablesSchema schema of the tables of record
   */
  public StoredRecords(DataSource database, String tablesSchema) {
    this.database = database;
    this.tables = tablesSchema;
  }

  /** Names the row that a row of a result set is. */
  private interface RowName {
    RowId of(ResultSet row) throws SQLException;
  }

  /**
   * Everything of a key.
   *
   * @param mergedTopic the topic that the sink reads the type from
   * @param partition the key's
   */
  public StoredRecord read(AskedKey key, String mergedTopic, int partition) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      execute(connection, SNAPSHOT);
      Optional<RowVersion> version = version(connection, key);
      Optional<Deleted> deleted = deleted(connection, key);
      StoredRecord read =
          new StoredRecord(
              rows(connection, key),
              version,
              deleted,
              parked(connection, key),
              sinks(connection, mergedTopic, partition));
      connection.rollback(); // wrote nothing
      return read;
    }
  }

  private SortedMap<RowId, Map<String, Optional<String>>> rows(Connection connection, AskedKey key)
      throws SQLException {
    Layout layout = key.layout();
    SortedMap<RowId, Map<String, Optional<String>>> rows = new TreeMap<>();
    List<String> own = names(layout.tableColumns());
    read(connection, key, layout.headerTable(), own, row -> RowId.RECORD, rows);
    if (layout.lines() == Lines.ROWS) {
      String number = layout.lineKey().orElseThrow().sqlName();
      RowName name = row -> RowId.line(row.getInt(number));
      read(connection, key, lineTable(layout), names(layout.lineColumns()), name, rows);
    } else if (layout.lines() == Lines.YEARS) {
      RowName name = row -> RowId.month(month(row));
      read(connection, key, lineTable(layout), List.copyOf(layout.months().keySet()), name, rows);
    }
    if (layout.history().isPresent()) {
      History history = layout.history().get();
      RowName name = row -> RowId.history(row.getString(TableDdl.HISTORY_RECORD));
      read(connection, key, history.table(), names(history.columns()), name, rows);
    }
    return rows;
  }

  private static String lineTable(Layout layout) {
    return layout.lineTable().orElseThrow();
  }

  private static String month(ResultSet row) throws SQLException {
    return row.getObject(TableDdl.YEAR_MONTH, LocalDate.class).toString();
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::sqlName).toList();
  }

  private void read(
      Connection connection,
      AskedKey key,
      String table,
      List<String> columns,
      RowName name,
      SortedMap<RowId, Map<String, Optional<String>>> into)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(byKey(table, key.layout(), "*"))) {
      select.setLong(1, key.number());
      ResultSet row = select.executeQuery();
      while (row.next()) {
        Map<String, Optional<String>> fields = new LinkedHashMap<>();
        for (String column : columns) {
          fields.put(column, Optional.ofNullable(row.getString(column)));
        }
        into.put(name.of(row), fields);
      }
    }
  }

  private String byKey(String table, Layout layout, String what) {
    return "SELECT %s FROM %s.%s WHERE %s = ?"
        .formatted(what, tables, table, layout.key().sqlName());
  }

  private Optional<RowVersion> version(Connection connection, AskedKey key) throws SQLException {
    String what = TableDdl.GENERATION + ", \"" + TableDdl.OFFSET + "\", " + TableDdl.LAST_UPDATED;
    return first(
        connection,
        byKey(key.layout().headerTable(), key.layout(), what),
        List.of(key.number()),
        row -> new RowVersion(row.getInt(1), row.getLong(2), Optional.ofNullable(instant(row, 3))));
  }

  private static Optional<Deleted> deleted(Connection connection, AskedKey key)
      throws SQLException {
    return first(
        connection,
        "SELECT generation, \"offset\", deleted_at FROM riffle.deleted_keys"
            + " WHERE type = ? AND key = ?",
        List.of(key.layout().type(), key.number()),
        row -> new Deleted(row.getInt(1), row.getLong(2), instant(row, 3)));
  }

  private static Optional<ParkedPlace> parked(Connection connection, AskedKey key)
      throws SQLException {
    return first(
        connection,
        "SELECT generation, partition, \"offset\", whole, parked_at FROM riffle.parked"
            + " WHERE type = ? AND key = ? AND cardinality(columns) > 0",
        List.of(key.layout().type(), Long.toString(key.number())),
        row ->
            new ParkedPlace(
                row.getInt(1), row.getInt(2), row.getLong(3), row.getBoolean(4), instant(row, 5)));
  }

  private static List<SinkPosition> sinks(Connection connection, String topic, int partition)
      throws SQLException {
    return all(
        connection,
        "SELECT connector, next FROM riffle.sink_offsets WHERE topic = ? AND partition = ?"
            + " ORDER BY connector",
        List.of(topic, partition),
        row -> new SinkPosition(row.getString(1), row.getLong(2)));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  /** Makes a value of a row. */
  private interface RowValue<T> {
    T of(ResultSet row) throws SQLException;
  }

  private static <T> Optional<T> first(
      Connection connection, String sql, List<?> arguments, RowValue<T> value) throws SQLException {
    return all(connection, sql, arguments, value).stream().findFirst();
  }

  private static <T> List<T> all(
      Connection connection, String sql, List<?> arguments, RowValue<T> value) throws SQLException {
    List<T> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.size(); i++) {
        select.setObject(i + 1, arguments.get(i));
      }
      ResultSet row = select.executeQuery();
      while (row.next()) {
        found.add(value.of(row));
      }
    }
    return found;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
