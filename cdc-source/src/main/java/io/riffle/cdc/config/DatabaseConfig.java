package io.riffle.cdc.config;

import io.riffle.config.Secret;
import io.riffle.config.Settings;
import io.riffle.postgres.ImpatientSockets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * The target database, which has the ledger of sources.
 *
 * @param url a JDBC URL of Postgres
 */
public record DatabaseConfig(String url, String user, Optional<Secret> password) {
  private static final Duration SILENCE = Duration.ofSeconds(30);

  static DatabaseConfig from(Settings settings) {
    return new DatabaseConfig(
        settings.string("database.url"),
        settings.string("database.user"),
        settings.secret("database.password"));
  }

  /** A new connection; the caller closes it. */
  public Connection open() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    password.ifPresent(secret -> properties.setProperty("password", secret.reveal()));
    properties.setProperty("ApplicationName", "cdc-source");
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("logServerErrorDetail", "false"); // a detail may quote a row
    ImpatientSockets.limit(properties, SILENCE);
    return DriverManager.getConnection(url, properties);
  }
}
