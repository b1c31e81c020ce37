package io.riffle.cdc.source;

import io.riffle.config.Secret;
import io.riffle.postgres.ImpatientSockets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** How to reach a captured database; its {@code toString} hides the password. */
public record SourceDatabase(SourceUrl url, String user, Secret password) {
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration LONG_SILENCE = Duration.ofMinutes(10);

  /** For short questions; the caller closes it. */
  public Connection open() throws SQLException {
    return open(SILENCE);
  }

  /** For reading whole tables, or for a slot, which waits for transactions to end. */
  public Connection openPatiently() throws SQLException {
    return open(LONG_SILENCE);
  }

  private Connection open(Duration silence) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password.reveal());
    properties.setProperty("ApplicationName", "riffle-cdc-source");
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("logServerErrorDetail", "false"); // a detail may quote a row
    ImpatientSockets.limit(properties, silence);
    return DriverManager.getConnection(url.jdbc(), properties);
  }
}
