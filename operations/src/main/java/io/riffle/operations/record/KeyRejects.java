package io.riffle.operations.record;

import io.riffle.schemas.control.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Finds the rejects that delivered records of a key became. */
final class KeyRejects {
  private static final String SQL =
      """
      SELECT reject_id, stage, reason, status, file_id, attempt, record, line, topic, partition, "offset"
        FROM riffle.rejects
       WHERE reject_id IN (
             SELECT reject_id FROM riffle.rejects r
               JOIN unnest(?::bigint[], ?::bigint[]) AS known (file, number) ON r.file_id = known.file AND r.record = known.number
             UNION
             SELECT reject_id FROM riffle.rejects r
               JOIN unnest(?::text[], ?::int[], ?::bigint[]) AS place (t, p, o)
                 ON r.topic = place.t AND r.partition = place.p AND r."offset" = place.o)
       ORDER BY reject_id
      """;

  private final DataSource database;

  KeyRejects(DataSource database) {
    this.database = database;
  }

  /**
   * Rejects of these deliveries, of whichever stage and attempt.
   *
   * @param partition the key's
   */
  List<KeyReject> of(List<Delivery> deliveries, int partition) throws SQLException {
    List<Origin> origins = deliveries.stream().flatMap(d -> d.origin().stream()).toList();
    List<Delivery> unknown = deliveries.stream().filter(d -> d.origin().isEmpty()).toList();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SQL)) {
      set(select, 1, "bigint", origins.stream().map(Origin::file).toArray());
      set(select, 2, "bigint", origins.stream().map(o -> o.version().record()).toArray());
      set(select, 3, "text", unknown.stream().map(Delivery::topic).toArray());
      set(select, 4, "int", unknown.stream().map(d -> partition).toArray());
      set(select, 5, "bigint", unknown.stream().map(Delivery::offset).toArray());
      return read(select.executeQuery());
    }
  }

  private static void set(PreparedStatement select, int at, String type, Object[] values)
      throws SQLException {
    select.setArray(at, select.getConnection().createArrayOf(type, values));
  }

  private static List<KeyReject> read(ResultSet row) throws SQLException {
    List<KeyReject> found = new ArrayList<>();
    while (row.next()) {
      found.add(
          new KeyReject(
              row.getLong("reject_id"),
              row.getString("stage"),
              row.getString("reason"),
              row.getString("status"),
              Optional.ofNullable((Long) row.getObject("file_id")),
              row.getInt("attempt"),
              row.getLong("record"),
              row.getLong("line"),
              row.getString("topic"),
              row.getInt("partition"),
              row.getLong("offset")));
    }
    return found;
  }
}
