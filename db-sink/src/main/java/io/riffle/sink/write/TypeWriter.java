package io.riffle.sink.write;

import io.riffle.schemas.layout.Layout;
import io.riffle.sink.write.DeleteWriter.Deleted;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the changes of one type. A row never goes back to an older version. */
final class TypeWriter {
  private final TypeSql sql;
  private final List<ChildTable> children;
  private final PutWriter puts;
  private final DeleteWriter deletes;

  /** For the tables of record. */
  TypeWriter(Layout layout, String schema, Guard guard) {
    this(layout, schema, "riffle.deleted_keys", guard);
  }

  /**
   * @param deletedKeys the table that remembers deletes
   */
  TypeWriter(Layout layout, String schema, String deletedKeys, Guard guard) {
    this.sql = new TypeSql(layout, schema, deletedKeys, guard);
    this.children = ChildTable.of(layout, schema);
    this.puts = new PutWriter(layout.type(), sql, children, guard);
    this.deletes = new DeleteWriter(layout.type(), sql, children);
  }

  /**
   * @param refused keys whose row, or whose removal, is as new or newer in the database
   * @param same those of them of which it is the very record
   * @param deletedPersons the persons of the rows that were removed, by key
   */
  record Written(Set<Long> refused, Set<Long> same, Map<Long, Long> deletedPersons) {}

  /** Creates the staging tables of a session that has none yet. */
  void createStaging(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String create : sql.createStaging()) {
        statement.execute(create);
      }
      for (ChildTable child : children) {
        for (String create : child.createStaging()) {
          statement.execute(create);
        }
      }
    }
  }

  Written write(Connection connection, TypeBatch batch) throws SQLException {
    Written written = new Written(new HashSet<>(), new HashSet<>(), new HashMap<>());
    if (!batch.puts().isEmpty()) {
      PutPlan plan = puts.write(connection, batch.puts());
      written.refused().addAll(plan.refused());
      written.same().addAll(plan.same());
    }
    if (!batch.deletes().isEmpty()) {
      Deleted deleted = deletes.write(connection, batch.deletes());
      written.refused().addAll(deleted.refused());
      written.same().addAll(deleted.same());
      written.deletedPersons().putAll(deleted.persons());
    }
    return written;
  }
}
