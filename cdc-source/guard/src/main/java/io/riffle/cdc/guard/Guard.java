package io.riffle.cdc.guard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;

/** Looks at the slot in the source, as the connector's configuration says that it should be. */
final class Guard {
  /** Identifier of the source's data, which Riffle found when it made the slot. */
  static final String SYSTEM = "riffle.guard.system";

  /** Its timeline. */
  static final String TIMELINE = "riffle.guard.timeline";

  /** Where the slot began, a decimal number. */
  static final String SLOT_LSN = "riffle.guard.slot.lsn";

  private static final String PATIENCE_SECONDS = "10";

  private final Map<String, String> config;
  private final Expected expected;

  private Guard(Map<String, String> config, Expected expected) {
    this.config = config;
    this.expected = expected;
  }

  static Guard of(Map<String, String> config) {
    try {
      return new Guard(
          config,
          new Expected(
              required(config, "slot.name"),
              required(config, SYSTEM),
              Integer.parseInt(required(config, TIMELINE)),
              Long.parseLong(required(config, SLOT_LSN))));
    } catch (NumberFormatException e) {
      throw new ConnectException(TIMELINE + " and " + SLOT_LSN + " are numbers", e);
    }
  }

  /**
   * Returns when the slot has everything after that position.
   *
   * @throws ConnectException when it has not
   * @throws RetriableException when the source does not answer
   */
  void check(Optional<Long> read) {
    find(read)
        .ifPresent(
            gap -> {
              throw new ConnectException("changes may be lost, " + gap);
            });
  }

  private Optional<Gap> find(Optional<Long> read) {
    try (Connection source = DriverManager.getConnection(url(), properties())) {
      return GapCheck.find(expected, SlotState.read(source, expected.slot()), read);
    } catch (SQLException e) {
      throw new RetriableException("the source does not answer, SQLSTATE " + e.getSQLState(), e);
    }
  }

  String url() {
    return "jdbc:postgresql://"
        + required(config, "database.hostname")
        + ":"
        + config.getOrDefault("database.port", "5432")
        + "/"
        + URLEncoder.encode(required(config, "database.dbname"), StandardCharsets.UTF_8);
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", required(config, "database.user"));
    properties.setProperty("password", config.getOrDefault("database.password", ""));
    pass("database.sslmode", properties, "sslmode");
    pass("database.sslrootcert", properties, "sslrootcert");
    pass("database.sslcert", properties, "sslcert");
    pass("database.sslkey", properties, "sslkey");
    properties.setProperty("ApplicationName", "riffle-cdc-guard");
    properties.setProperty("connectTimeout", PATIENCE_SECONDS);
    properties.setProperty("socketTimeout", PATIENCE_SECONDS);
    return properties;
  }

  private void pass(String key, Properties into, String property) {
    if (config.containsKey(key)) {
      into.setProperty(property, config.get(key));
    }
  }

  private static String required(Map<String, String> config, String key) {
    String value = config.get(key);
    if (value == null || value.isBlank()) {
      throw new ConnectException(key + " is missing");
    }
    return value;
  }
}
