package io.riffle.bench.peer;

import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.ddl.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database beside the set's own, with the same tables: each run gets an empty copy. */
final class DuelDatabase implements AutoCloseable {
  private final Endpoints endpoints;
  private final String name;
  private final String template;

  private DuelDatabase(Endpoints endpoints) {
    this.endpoints = endpoints;
    this.name = endpoints.set().database() + "_duel";
    this.template = name + "_template";
  }

  /** Migrates the template. */
  static DuelDatabase create(Endpoints endpoints) throws SQLException {
    DuelDatabase database = new DuelDatabase(endpoints);
    database.drop(database.template);
    database.admin("CREATE DATABASE " + database.template);
    Migrations.migrate(database.dataSource(database.template), Endpoints.TABLES_SCHEMA);
    return database;
  }

  /** Empty tables, and nothing of an earlier run left to be written to disk. */
  void renew() throws SQLException {
    drop(name);
    admin("CREATE DATABASE " + name + " TEMPLATE " + template);
    admin("CHECKPOINT");
  }

  Connection open() throws SQLException {
    return dataSource(name).getConnection();
  }

  String jdbcUrl() {
    return jdbcUrl(name);
  }

  @Override
  public void close() throws SQLException {
    drop(name);
    drop(template);
  }

  private void drop(String database) throws SQLException {
    admin("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
  }

  private void admin(String sql) throws SQLException {
    try (Connection connection = PostgresClient.admin(endpoints);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private DataSource dataSource(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl(database));
    source.setUser(endpoints.postgresUser());
    source.setPassword(endpoints.postgresPassword());
    source.setApplicationName("riffle-bench");
    return source;
  }

  private String jdbcUrl(String database) {
    String url = endpoints.adminJdbcUrl();
    return url.substring(0, url.lastIndexOf('/') + 1) + database;
  }
}
