package io.riffle.sink.write;

import io.riffle.sink.record.Incoming.Delete;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Removes rows of one type with their children, and remembers what was deleted. They are few: the
 * database decides on each.
 */
final class DeleteWriter {
  private final String type;
  private final TypeSql sql;
  private final List<ChildTable> children;

  DeleteWriter(String type, TypeSql sql, List<ChildTable> children) {
    this.type = type;
    this.sql = sql;
    this.children = children;
  }

  /**
   * @param refused keys whose row, or whose removal, is as new or newer in the database
   * @param same those of them whose removal is of the record itself
   * @param persons those of the rows that were removed, by key
   */
  record Deleted(Set<Long> refused, Set<Long> same, Map<Long, Long> persons) {}

  Deleted write(Connection connection, List<Delete> deletes) throws SQLException {
    Deleted deleted = new Deleted(new HashSet<>(), new HashSet<>(), new HashMap<>());
    Statements statements = new Statements(connection);
    stage(connection, deletes);
    statements.query(sql.refuseOlderDeletes(), row -> deleted.refused().add(row.getLong(1)));
    statements.query(
        sql.refuseDeletedDeletes(),
        row -> {
          deleted.refused().add(row.getLong(1));
          if (row.getBoolean(2)) {
            deleted.same().add(row.getLong(1));
          }
        },
        type);
    for (ChildTable child : children) {
      statements.update(child.deleteOf(sql.removed()));
    }
    statements.query(
        sql.deleteRows(), row -> deleted.persons().put(row.getLong(1), row.getLong(2)));
    statements.update(sql.rememberDeletedKeys(), type);
    return deleted;
  }

  private void stage(Connection connection, List<Delete> deletes) throws SQLException {
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
}
