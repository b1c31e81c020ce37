package io.riffle.sink.write;

import io.riffle.schemas.control.Parked;
import io.riffle.schemas.control.Parked.ParkedField;
import io.riffle.sink.record.Incoming.ParkedChange;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** {@code riffle.parked}: which fields wait for a key or a line; never their values. */
public final class ParkedTable {
  private static final String PUT =
      "INSERT INTO riffle.parked AS p"
          + " (type, key, whole, lines, columns, files, generation, partition, \"offset\")"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (type, key) DO UPDATE"
          + " SET whole = excluded.whole, lines = excluded.lines, columns = excluded.columns,"
          + " files = excluded.files, generation = excluded.generation,"
          + " partition = excluded.partition, \"offset\" = excluded.\"offset\""
          + " WHERE (p.generation, p.\"offset\") < (excluded.generation, excluded.\"offset\")";
  private static final String DELETE =
      "DELETE FROM riffle.parked WHERE type = ? AND key = ?"
          + " AND (generation, \"offset\") <= (?, ?)";

  private ParkedTable() {}

  /** Newer rows stay. */
  public static void write(Connection connection, List<ParkedChange> changes) throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(PUT);
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      for (ParkedChange change : changes) {
        if (change.parked().fields().isEmpty()) {
          addDelete(delete, change);
        } else {
          addPut(put, change);
        }
      }
      // A key stands in one of the two only, so their order does not matter.
      delete.executeBatch();
      put.executeBatch();
    }
  }

  private static void addPut(PreparedStatement put, ParkedChange change) throws SQLException {
    Parked parked = change.parked();
    List<ParkedField> fields = parked.fields();
    put.setString(1, parked.type());
    put.setString(2, parked.key());
    put.setBoolean(3, fields.stream().anyMatch(field -> field.line().isEmpty()));
    put.setArray(4, array(put, "int4", fields.stream().map(ParkedField::line).toList()));
    put.setArray(5, array(put, "text", fields.stream().map(f -> Optional.of(f.column())).toList()));
    put.setArray(6, array(put, "int8", fields.stream().map(f -> Optional.of(f.file())).toList()));
    put.setInt(7, change.place().topic().generation());
    put.setInt(8, change.place().partition());
    put.setLong(9, change.place().offset());
    put.addBatch();
  }

  private static void addDelete(PreparedStatement delete, ParkedChange change) throws SQLException {
    delete.setString(1, change.parked().type());
    delete.setString(2, change.parked().key());
    delete.setInt(3, change.place().topic().generation());
    delete.setLong(4, change.place().offset());
    delete.addBatch();
  }

  /** Sorted, each once. */
  private static <T extends Comparable<T>> Array array(
      PreparedStatement statement, String type, List<Optional<T>> values) throws SQLException {
    Object[] distinct = values.stream().flatMap(Optional::stream).distinct().sorted().toArray();
    return statement.getConnection().createArrayOf(type, distinct);
  }
}
