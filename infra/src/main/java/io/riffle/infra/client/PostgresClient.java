package io.riffle.infra.client;

import io.riffle.infra.site.Endpoints;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** JDBC connections to the stack's Postgres. */
public final class PostgresClient {
  private PostgresClient() {}

  /** To the set's target database, which exists after setup. */
  public static Connection target(Endpoints endpoints) throws SQLException {
    return open(endpoints.jdbcUrl(), endpoints);
  }

  /** To the server's own database. */
  public static Connection admin(Endpoints endpoints) throws SQLException {
    return open(endpoints.adminJdbcUrl(), endpoints);
  }

  private static Connection open(String url, Endpoints endpoints) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", endpoints.postgresUser());
    properties.setProperty("password", endpoints.postgresPassword());
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "60");
    properties.setProperty("ApplicationName", "riffle-cli");
    return DriverManager.getConnection(url, properties);
  }
}
