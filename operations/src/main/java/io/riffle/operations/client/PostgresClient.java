package io.riffle.operations.client;

import io.riffle.operations.site.Endpoints;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** JDBC connections to the stack's Postgres. */
public final class PostgresClient {
  private static final int CONNECT_SECONDS = 5;

  private PostgresClient() {}

  /** To the set's target database, which exists after setup. */
  public static Connection target(Endpoints endpoints) throws SQLException {
    return open(endpoints.jdbcUrl(), endpoints);
  }

  /** To the server's own database. */
  public static Connection admin(Endpoints endpoints) throws SQLException {
    return open(endpoints.adminJdbcUrl(), endpoints);
  }

  /** The set's target database; each connection is a new one. */
  public static DataSource dataSource(Endpoints endpoints) {
    return dataSource(endpoints, endpoints.jdbcUrl());
  }

  /** Another database of the server; each connection is a new one. */
  public static DataSource dataSource(Endpoints endpoints, String jdbcUrl) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl);
    source.setUser(endpoints.postgresUser());
    source.setPassword(endpoints.postgresPassword());
    source.setApplicationName("riffle-cli");
    return source;
  }

  /**
   * The same for short questions that must not wait for ever: a server that is silent for so long,
   * or does not take a connection, fails them.
   */
  public static DataSource dataSource(Endpoints endpoints, Duration silence) {
    PGSimpleDataSource source = (PGSimpleDataSource) dataSource(endpoints);
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(Math.toIntExact(silence.toSeconds()));
    return source;
  }

  private static Connection open(String url, Endpoints endpoints) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", endpoints.postgresUser());
    properties.setProperty("password", endpoints.postgresPassword());
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("socketTimeout", "60");
    properties.setProperty("ApplicationName", "riffle-cli");
    return DriverManager.getConnection(url, properties);
  }
}
