package io.riffle.schemas.ddl;

import io.riffle.lease.HeldLease;
import io.riffle.lease.LeaseParty;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings a database to the tables that this build needs. */
public final class Migrations {

  private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
  private static final String HAS_LEASE = "SELECT to_regclass('riffle.lease') IS NOT NULL";

  private Migrations() {}

  /**
   * Applies the migrations that are missing, in a database that nobody else works with. Flyway's
   * own history is kept in schema {@code riffle}.
   *
   * @param tablesSchema schema of the tables of record, created when missing
   * @return how many migrations were applied
   * @throws org.flywaydb.core.api.FlywayException when a migration fails or an applied one differs
   */
  public static int migrate(DataSource database, String tablesSchema) {
    return configure(database, tablesSchema).load().migrate().migrationsExecuted;
  }

  /**
   * Applies the migrations that are missing under the lease: each one in a transaction that checks
   * the token. A database without a lease yet, or that lacks nothing, is nobody else's business.
   *
   * @param patience how long to wait for the lease
   * @throws io.riffle.lease.LeaseElsewhereException when somebody else keeps it; nothing was done
   */
  public static int migrate(
      DataSource database, String tablesSchema, LeaseParty party, Duration patience)
      throws SQLException, InterruptedException {
    Flyway plain = configure(database, tablesSchema).load();
    if (plain.info().pending().length == 0 || !hasLease(database)) {
      return plain.migrate().migrationsExecuted;
    }
    try (HeldLease lease = HeldLease.acquire(database, party, patience)) {
      return configure(database, tablesSchema)
          .callbacks(new UnderLease(lease))
          .load()
          .migrate()
          .migrationsExecuted;
    }
  }

  /** How many migrations of this build a database lacks; changes nothing. */
  public static int missing(DataSource database, String tablesSchema) {
    return configure(database, tablesSchema).load().info().pending().length;
  }

  private static FluentConfiguration configure(DataSource database, String tablesSchema) {
    if (!SCHEMA.matcher(tablesSchema).matches()) {
      throw new IllegalArgumentException("not a schema name: " + tablesSchema);
    }
    return Flyway.configure()
        .dataSource(database)
        .locations("classpath:io/riffle/migrations")
        .defaultSchema("riffle")
        .createSchemas(true)
        .placeholders(Map.of("tables", tablesSchema));
  }

  private static boolean hasLease(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(HAS_LEASE);
        ResultSet row = statement.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }
}
