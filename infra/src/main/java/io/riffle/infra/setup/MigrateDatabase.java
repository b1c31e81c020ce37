package io.riffle.infra.setup;

import io.riffle.infra.client.PostgresClient;
import io.riffle.infra.site.Endpoints;
import io.riffle.schemas.ddl.Migrations;

/** The tables, up to this build's migrations. */
final class MigrateDatabase implements SetupStep {
  @Override
  public String name() {
    return "migrate the database";
  }

  @Override
  public void run(Endpoints endpoints) {
    Migrations.migrate(PostgresClient.dataSource(endpoints), Endpoints.TABLES_SCHEMA);
  }
}
