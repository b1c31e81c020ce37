package io.riffle.schemas.ddl;

import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a database to the tables that this build needs. */
public final class Migrations {

  private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  private Migrations() {}

  /**
   * Applies the migrations that are missing. Flyway's own history is kept in schema {@code riffle}.
   *
   * @param tablesSchema schema of the tables of record, created when missing
   * @return how many migrations were applied
   * @throws org.flywaydb.core.api.FlywayException when a migration fails or an applied one differs
   */
  public static int migrate(DataSource database, String tablesSchema) {
    if (!SCHEMA.matcher(tablesSchema).matches()) {
      throw new IllegalArgumentException("not a schema name: " + tablesSchema);
    }
    return Flyway.configure()
        .dataSource(database)
        .locations("classpath:io/riffle/migrations")
        .defaultSchema("riffle")
        .createSchemas(true)
        .placeholders(Map.of("tables", tablesSchema))
        .load()
        .migrate()
        .migrationsExecuted;
  }
}
