package io.riffle.testing;

import io.riffle.schemas.ddl.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A Postgres server as Riffle wants it, with a time zone that no test may depend on. */
final class PostgresServer implements AutoCloseable {
  private final EmbeddedPostgres postgres;
  private final AtomicInteger databases = new AtomicInteger();

  /** By the schema of their tables, the names of migrated databases that nobody connects to. */
  private final Map<String, String> migrated = new ConcurrentHashMap<>();

  private PostgresServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static PostgresServer start() {
    try {
      return new PostgresServer(
          EmbeddedPostgres.builder()
              .setServerConfig("wal_level", "logical")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("timezone", "America/St_Johns")
              .setServerConfig("max_prepared_transactions", "10")
              .setServerConfig("track_commit_timestamp", "on")
              .setPGStartupWait(Duration.ofSeconds(90))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("Postgres did not start", e);
    }
  }

  TestPostgres freshDatabase() {
    return databaseFrom("template1");
  }

  /**
   * A copy of a database that was migrated once for all tests: a copy takes a tenth of the time.
   */
  TestPostgres migratedDatabase(String tablesSchema) {
    return databaseFrom(migrated.computeIfAbsent(tablesSchema, this::migrate));
  }

  private String migrate(String tablesSchema) {
    TestPostgres template = freshDatabase();
    Migrations.migrate(template.dataSource(), tablesSchema);
    return template.database();
  }

  private TestPostgres databaseFrom(String template) {
    String name = "test_" + databases.incrementAndGet();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
    } catch (SQLException e) {
      throw new IllegalStateException("no database for the test", e);
    }
    return new TestPostgres(this, postgres.getPort(), name);
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
