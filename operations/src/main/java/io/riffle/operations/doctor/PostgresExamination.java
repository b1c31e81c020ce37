package io.riffle.operations.doctor;

import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.ddl.Migrations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;

/** The target database: version, clock, tables, rights, who holds it up. */
final class PostgresExamination implements Examination {
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final int OLDEST = 14;
  private static final String REFUSED = "42501";
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Endpoints endpoints;
  private final ClockSkew skew;

  PostgresExamination(Endpoints endpoints, Clock clock) {
    this.endpoints = endpoints;
    this.skew = new ClockSkew(clock);
  }

  @Override
  public String part() {
    return "POSTGRES";
  }

  @Override
  public String whenSilent() {
    return "is the server up, does the database exist (riffle setup), are user and password right?";
  }

  @Override
  public void examine(Findings findings) throws SQLException {
    try (Connection database = PostgresClient.dataSource(endpoints, SILENCE).getConnection()) {
      version(database, findings);
      skew.check(
          findings, one(database, "SELECT clock_timestamp()", OffsetDateTime.class).toInstant());
      PostgresRights rights = new PostgresRights(database);
      boolean allowed = rights.examine(findings);
      if (rights.mayReadHistory() && migrations(findings) && allowed) {
        findings.ok("the user may read and write all tables");
      }
      transactions(database, findings);
    } catch (SQLException e) {
      if (!REFUSED.equals(e.getSQLState())) {
        throw e;
      }
      findings.fail(
          "the user " + endpoints.postgresUser() + " lacks a right: " + e.getMessage(),
          "GRANT it, as CONNECT on the database");
    }
  }

  private static void version(Connection database, Findings findings) throws SQLException {
    int major = database.getMetaData().getDatabaseMajorVersion();
    String size =
        one(database, "SELECT pg_size_pretty(pg_database_size(current_database()))", String.class);
    if (major < OLDEST) {
      findings.fail("version " + major + " is too old", "take " + OLDEST + " or a newer one");
    } else {
      findings.ok("version " + database.getMetaData().getDatabaseProductVersion() + ", " + size);
    }
    if (one(database, "SELECT pg_is_in_recovery()", Boolean.class)) {
      findings.fail("it is a standby", "name the primary, or promote this one");
    }
  }

  private boolean migrations(Findings findings) {
    int missing =
        Migrations.missing(PostgresClient.dataSource(endpoints, SILENCE), Endpoints.TABLES_SCHEMA);
    if (missing == 0) {
      findings.ok("it has the tables of this build");
    } else {
      findings.fail("it lacks " + missing + " migrations of this build", "riffle setup does them");
    }
    return missing == 0;
  }

  /** They keep rows from being cleaned up, and a rebuild from its exchange of tables. */
  private static void transactions(Connection database, Findings findings) throws SQLException {
    try (PreparedStatement query =
        database.prepareStatement(
            "SELECT pid, extract(epoch FROM now() - xact_start)::bigint FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                + " AND now() - xact_start > make_interval(secs => ?) ORDER BY 2 DESC LIMIT 5")) {
      query.setDouble(1, (double) LONG.toSeconds());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          findings.warn(
              "a transaction of backend %d has been open for %d minutes"
                  .formatted(row.getInt(1), Duration.ofSeconds(row.getLong(2)).toMinutes()),
              "SELECT * FROM pg_stat_activity shows whose it is");
        }
      }
    }
  }

  private static <T> T one(Connection database, String sql, Class<T> type) throws SQLException {
    try (PreparedStatement query = database.prepareStatement(sql);
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getObject(1, type);
    }
  }
}
