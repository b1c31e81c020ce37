package io.riffle.sink.write;

import io.riffle.schemas.layout.Layout;
import io.riffle.sink.record.Incoming.Delete;
import io.riffle.sink.record.Incoming.Put;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.postgresql.PGStatement;

/**
 * Writes the rows of one type: COPY into staging, refuse what is older than the tables, rewrite the
 * children that differ, then one statement for the rows. A row never goes back to an older version.
 */
final class TypeWriter {
  private final Layout layout;
  private final TypeSql sql;

  TypeWriter(Layout layout, String schema) {
    this.layout = layout;
    this.sql = new TypeSql(layout, schema);
  }

  /**
   * @param refused keys whose row, or whose removal, is as new or newer in the database
   * @param deletedPersons the persons of the rows that were removed, by key
   */
  record Written(Set<Long> refused, Map<Long, Long> deletedPersons) {}

  /** Creates the staging tables of a session that has none yet. */
  void createStaging(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String create : sql.createStaging()) {
        statement.execute(create);
      }
    }
  }

  Written write(Connection connection, TypeBatch batch) throws SQLException {
    Written written = new Written(new HashSet<>(), new HashMap<>());
    if (!batch.puts().isEmpty()) {
      writePuts(connection, batch.puts(), written);
    }
    if (!batch.deletes().isEmpty()) {
      writeDeletes(connection, batch.deletes(), written);
    }
    return written;
  }

  private void writePuts(Connection connection, List<Put> puts, Written written)
      throws SQLException {
    stage(connection, puts);
    written.refused().addAll(keys(connection, sql.refuseOlderPuts()));
    written.refused().addAll(keysByType(connection, sql.refuseDeletedPuts()));
    if (written.refused().size() == puts.size()) {
      return;
    }
    writeChildren(connection, !written.refused().isEmpty());
    int rows = update(connection, sql.upsertRows());
    if (rows != puts.size() - written.refused().size()) {
      // Somebody wrote a newer row since the guard looked; the children are rolled back with the
      // rest.
      throw new SQLException("a row changed meanwhile", "40001");
    }
    updateByType(connection, sql.forgetDeletedKeys());
  }

  private void stage(Connection connection, List<Put> puts) throws SQLException {
    try (CopyStream rows = CopyStream.open(connection, sql.copyRows())) {
      for (Put put : puts) {
        rows.write(put.row().header().array());
      }
      rows.finish();
    }
    for (int child = 0; child < sql.children().size(); child++) {
      stageChildren(connection, puts, child);
    }
  }

  private void stageChildren(Connection connection, List<Put> puts, int child) throws SQLException {
    try (CopyStream rows = CopyStream.open(connection, sql.children().get(child).copy())) {
      for (Put put : puts) {
        rows.write(put.row().children().get(child).array());
      }
      rows.finish();
    }
  }

  private void writeChildren(Connection connection, boolean someRefused) throws SQLException {
    for (ChildSql child : sql.children()) {
      if (someRefused) {
        update(connection, child.dropOfRefused());
      }
      for (String statement : child.rewrite()) {
        update(connection, statement);
      }
    }
  }

  private void writeDeletes(Connection connection, List<Delete> deletes, Written written)
      throws SQLException {
    stageDeletes(connection, deletes);
    written.refused().addAll(keys(connection, sql.refuseOlderDeletes()));
    written.refused().addAll(keysByType(connection, sql.refuseDeletedDeletes()));
    for (ChildSql child : sql.children()) {
      update(connection, sql.deleteChildren(child));
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql.deleteRows())) {
      while (rows.next()) {
        written.deletedPersons().put(rows.getLong(1), rows.getLong(2));
      }
    }
    updateByType(connection, sql.rememberDeletedKeys());
  }

  private void stageDeletes(Connection connection, List<Delete> deletes) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.stageDeletes())) {
      statement.setArray(1, array(connection, "int8", deletes, Delete::key));
      statement.setArray(
          2, array(connection, "int4", deletes, d -> d.place().topic().generation()));
      statement.setArray(3, array(connection, "int8", deletes, d -> d.place().offset()));
      statement.executeUpdate();
    }
  }

  private static Array array(
      Connection connection, String type, List<Delete> deletes, Function<Delete, Object> value)
      throws SQLException {
    return connection.createArrayOf(type, deletes.stream().map(value).toArray());
  }

  /**
   * A statement that is planned each time: a plan kept from a small batch, or from a table that was
   * small then, would scan whole tables later.
   */
  private static PreparedStatement planned(Connection connection, String text) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    statement.unwrap(PGStatement.class).setPrepareThreshold(0);
    return statement;
  }

  private static Set<Long> keys(Connection connection, String query) throws SQLException {
    try (PreparedStatement statement = planned(connection, query)) {
      return keys(statement);
    }
  }

  private Set<Long> keysByType(Connection connection, String query) throws SQLException {
    try (PreparedStatement statement = planned(connection, query)) {
      statement.setString(1, layout.type());
      return keys(statement);
    }
  }

  private static Set<Long> keys(PreparedStatement statement) throws SQLException {
    Set<Long> keys = new HashSet<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        keys.add(rows.getLong(1));
      }
    }
    return keys;
  }

  private static int update(Connection connection, String text) throws SQLException {
    try (PreparedStatement statement = planned(connection, text)) {
      return statement.executeUpdate();
    }
  }

  private void updateByType(Connection connection, String text) throws SQLException {
    try (PreparedStatement statement = planned(connection, text)) {
      statement.setString(1, layout.type());
      statement.executeUpdate();
    }
  }
}
