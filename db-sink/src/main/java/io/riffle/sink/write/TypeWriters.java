package io.riffle.sink.write;

import io.riffle.schemas.layout.Layout;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The writers of all types, and what of them the present session has prepared. */
final class TypeWriters {
  private final String schema;
  private final Guard guard;
  private final Map<String, TypeWriter> types = new HashMap<>();
  private final Set<String> preparedTypes = new HashSet<>();
  private Connection preparedSession;

  /**
   * @param schema of the tables of record
   */
  TypeWriters(String schema, Guard guard) {
    this.schema = schema;
    this.guard = guard;
  }

  /** Once per session, in a transaction of its own, so that a batch rolled back leaves it there. */
  void prepare(Connection connection, List<TypeBatch> batches) throws SQLException {
    if (connection != preparedSession) {
      preparedSession = connection;
      preparedTypes.clear();
    }
    for (TypeBatch batch : batches) {
      if (!preparedTypes.contains(batch.layout().type())) {
        of(batch.layout()).createStaging(connection);
        connection.commit();
        preparedTypes.add(batch.layout().type());
      }
    }
  }

  TypeWriter of(Layout layout) {
    return types.computeIfAbsent(layout.type(), added -> new TypeWriter(layout, schema, guard));
  }
}
