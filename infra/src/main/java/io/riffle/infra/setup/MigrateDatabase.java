package io.riffle.infra.setup;

import io.riffle.lease.LeaseParty;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.ddl.Migrations;
import java.sql.SQLException;
import java.time.Duration;

/** The tables, up to this build's migrations; under the lease, as everything that writes them. */
final class MigrateDatabase implements SetupStep {
  /** Longer than a deployment that was killed keeps the lease. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "migrate the database";
  }

  @Override
  public void run(Endpoints endpoints) throws SQLException, InterruptedException {
    Migrations.migrate(
        PostgresClient.dataSource(endpoints),
        Endpoints.TABLES_SCHEMA,
        LeaseParty.of(endpoints.deployment(), "setup", LeaseParty.USUAL_LIFETIME),
        PATIENCE);
  }
}
