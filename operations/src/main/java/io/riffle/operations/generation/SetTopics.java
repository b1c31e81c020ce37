package io.riffle.operations.generation;

import io.riffle.generation.Generations;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.topics.Topics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The one place where the names of a set's topics come from: its database has the generation. */
public final class SetTopics {
  private static final String PARTITIONS =
      "SELECT type, partitions FROM riffle.generations JOIN riffle.generation_types USING (replay_id)"
          + " WHERE state = 'CURRENT'";

  private SetTopics() {}

  /** The names of the current generation. */
  public static Topics of(Endpoints endpoints) throws SQLException {
    return new Topics(endpoints.set().text(), generations(endpoints).current());
  }

  /** The set's generations. */
  public static Generations generations(Endpoints endpoints) throws SQLException {
    try (Connection connection = PostgresClient.target(endpoints)) {
      return Generations.read(connection);
    }
  }

  /** Partitions by type, where a change of generation has said how many. */
  public static Map<String, Integer> partitions(Endpoints endpoints) throws SQLException {
    Map<String, Integer> partitions = new HashMap<>();
    try (Connection connection = PostgresClient.target(endpoints);
        PreparedStatement select = connection.prepareStatement(PARTITIONS);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        partitions.put(row.getString(1), row.getInt(2));
      }
    }
    return partitions;
  }
}
