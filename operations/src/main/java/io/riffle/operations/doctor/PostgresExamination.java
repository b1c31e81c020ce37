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
      if (migrations(findings)) {
        rights(database, findings);
      }
      transactions(database, findings);
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

  /** A table that the user may not write stops the sink at its first record for it. */
  private static void rights(Connection database, Findings findings) throws SQLException {
    long without =
        one(
            database,
            """
            SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname IN ('%s', 'riffle') AND c.relkind IN ('r', 'p')
              AND NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'))
            """
                .formatted(Endpoints.TABLES_SCHEMA),
            Long.class);
    long readOnly =
        one(
            database,
            """
            SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = '%s' AND c.relkind IN ('r', 'p')
              AND NOT (has_table_privilege(c.oid, 'INSERT') AND has_table_privilege(c.oid, 'UPDATE')
                       AND has_table_privilege(c.oid, 'DELETE'))
            """
                .formatted(Endpoints.TABLES_SCHEMA),
            Long.class);
    if (without + readOnly == 0) {
      findings.ok("the user may read and write all tables");
    } else {
      findings.fail(
          "the user may not read %d and not write %d tables".formatted(without, readOnly),
          "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "
              + Endpoints.TABLES_SCHEMA
              + " (docs/rejects.md has the rights of schema riffle)");
    }
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
