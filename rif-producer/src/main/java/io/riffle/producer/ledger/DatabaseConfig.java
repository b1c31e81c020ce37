package io.riffle.producer.ledger;

import io.riffle.config.ConfigException;
import io.riffle.config.Secret;
import io.riffle.config.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the ledger is.
 *
 * @param url a JDBC URL of Postgres
 * @param tablesSchema schema of the tables of record; the other tables are in schema {@code riffle}
 * @param socketTimeout so long the server may be silent, or take nothing of what is sent, before a
 *     connection is given up
 */
public record DatabaseConfig(
    String url,
    String user,
    Optional<Secret> password,
    String tablesSchema,
    Duration socketTimeout) {

  /** The ledger's statements take milliseconds, and wait for a lock at times. */
  private static final Duration USUAL_SOCKET_TIMEOUT = Duration.ofSeconds(60);

  private static final String SOCKET_TIMEOUT = "database.socket-timeout";
  private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  public DatabaseConfig {
    if (!SCHEMA.matcher(tablesSchema).matches()) {
      throw new ConfigException(
          "tables-schema", tablesSchema, "must be lower-case letters, digits and underscores");
    }
    if (socketTimeout.toSeconds() < 1) {
      throw new ConfigException(SOCKET_TIMEOUT, socketTimeout, "must be at least one second");
    }
  }

  /** Reads {@code database.*} and {@code tables-schema}. */
  public static DatabaseConfig from(Settings settings) {
    return new DatabaseConfig(
        settings.string("database.url"),
        settings.string("database.user"),
        settings.secret("database.password"),
        settings.string("tables-schema", "ccw"),
        settings.duration(SOCKET_TIMEOUT, USUAL_SOCKET_TIMEOUT));
  }
}
