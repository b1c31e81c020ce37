package io.riffle.infra.setup;

import io.riffle.operations.client.Databases;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.site.Endpoints;
import java.sql.Connection;
import java.sql.SQLException;

/** The set's target database, empty: tables are the migration's work. */
final class CreateDatabase implements SetupStep {
  @Override
  public String name() {
    return "create the database";
  }

  @Override
  public void run(Endpoints endpoints) throws SQLException {
    String database = endpoints.set().database();
    try (Connection connection = PostgresClient.admin(endpoints)) {
      if (!Databases.exists(connection, database)) {
        Databases.create(connection, database);
      }
    }
  }
}
