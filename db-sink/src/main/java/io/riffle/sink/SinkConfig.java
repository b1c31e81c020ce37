package io.riffle.sink;

import io.riffle.config.Settings;
import io.riffle.failure.Backoff;
import io.riffle.lease.LeaseParty;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.registry.RegistryConfig;
import io.riffle.schemas.topics.Topics;
import io.riffle.sink.write.BrakeConfig;
import io.riffle.sink.write.DatabaseConfig;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The configuration of a connector.
 *
 * @param connector name of the connector, under which offsets are stored
 * @param task its number within the connector, as the connector gave it
 * @param deployment who holds the lease, together with the deployment's other processes
 * @param leaseLifetime so long it may be silent before another deployment may take over
 * @param kafka settings of the Admin client
 */
record SinkConfig(
    String connector,
    int task,
    String deployment,
    Duration leaseLifetime,
    Topics topics,
    Layouts layouts,
    DatabaseConfig database,
    RegistryConfig registry,
    Map<String, String> kafka,
    BatchConfig batch,
    BrakeConfig brake,
    Backoff retry) {

  private static final int MOST_TASKS = 100_000;
  private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(1);
  private static final Pattern DEPLOYMENT_NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

  /**
   * Reads a connector's properties; Connect's own keys are looked at only where the sink depends on
   * them.
   *
   * @throws io.riffle.config.ConfigException with all problems
   */
  static SinkConfig from(Map<String, String> properties) {
    Settings settings = Settings.of(ours(properties));
    return settings.build(SinkConfig::read);
  }

  /**
   * Who asks for the lease.
   *
   * @param part of the connector, such as the number of a task
   */
  LeaseParty leaseParty(String part) {
    return LeaseParty.of(deployment, connector + "-" + part, leaseLifetime);
  }

  /** Only keys of the sink: other unknown ones are the worker's. */
  private static Map<String, String> ours(Map<String, String> properties) {
    Map<String, String> ours = new TreeMap<>();
    properties.forEach(
        (key, value) -> {
          if (value != null && SinkKeys.isOurs(key)) {
            ours.put(key, value);
          }
        });
    return ours;
  }

  private static SinkConfig read(Settings settings) {
    requireWorkerSettings(settings);
    String connector = settings.string("name");
    return new SinkConfig(
        connector,
        settings.integer(SinkKeys.TASK, 0, 0, MOST_TASKS),
        deployment(settings),
        leaseLifetime(settings),
        topics(settings),
        Layouts.from(settings),
        database(settings, connector),
        RegistryConfig.from(settings),
        kafka(settings),
        batch(settings),
        new BrakeConfig(
            settings.integer(SinkKeys.BRAKE_RECORDS, 20, 1, 10_000),
            settings.integer(SinkKeys.BRAKE_PERCENT, 80, 1, 100)),
        new Backoff(
            settings.duration(SinkKeys.RETRY_FIRST, Duration.ofMillis(200)),
            settings.duration(SinkKeys.RETRY_LONGEST, Duration.ofSeconds(30))));
  }

  /** Without these, records of aborted transactions would be stored, or bytes changed. */
  private static void requireWorkerSettings(Settings settings) {
    if (!settings.string(SinkKeys.ISOLATION, "").equals("read_committed")) {
      settings.reject(SinkKeys.ISOLATION, "must be read_committed");
    }
    if (!settings.string("errors.tolerance", "none").equals("none")) {
      settings.reject("errors.tolerance", "must be none: anything else drops records unseen");
    }
    // Connect's default for headers reads numbers into bytes: it must be named here.
    requireBytes(settings, "header.converter", "");
    requireBytes(settings, "key.converter", BYTES);
    requireBytes(settings, "value.converter", BYTES);
  }

  private static void requireBytes(Settings settings, String converter, String workers) {
    if (!settings.string(converter, workers).equals(BYTES)) {
      settings.reject(converter, "must be " + BYTES);
    }
  }

  private static String deployment(Settings settings) {
    String deployment = settings.string(SinkKeys.DEPLOYMENT);
    if (!deployment.isEmpty() && !DEPLOYMENT_NAME.matcher(deployment).matches()) {
      settings.reject(SinkKeys.DEPLOYMENT, "must be letters, digits, dots, dashes, underscores");
    }
    return deployment;
  }

  private static Duration leaseLifetime(Settings settings) {
    Duration lifetime = settings.duration(SinkKeys.LEASE_LIFETIME, LeaseParty.USUAL_LIFETIME);
    if (lifetime.compareTo(SHORTEST_LIFETIME) < 0) {
      settings.reject(SinkKeys.LEASE_LIFETIME, "must be at least 1s");
      return SHORTEST_LIFETIME;
    }
    return lifetime;
  }

  private static Topics topics(Settings settings) {
    String set = settings.string(SinkKeys.SET, "main");
    try {
      return new Topics(set);
    } catch (IllegalArgumentException e) {
      settings.reject(SinkKeys.SET, e.getMessage());
      return new Topics("main");
    }
  }

  private static DatabaseConfig database(Settings settings, String connector) {
    String url = settings.string(SinkKeys.DATABASE_URL);
    if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
      settings.reject(SinkKeys.DATABASE_URL, "must start with jdbc:postgresql:");
    }
    String schema = settings.string(SinkKeys.TABLES_SCHEMA, "ccw");
    if (!IDENTIFIER.matcher(schema).matches()) {
      settings.reject(SinkKeys.TABLES_SCHEMA, "must be a plain lower-case identifier");
    }
    return new DatabaseConfig(
        url,
        settings.string(SinkKeys.DATABASE_USER),
        settings.requiredSecret(SinkKeys.DATABASE_PASSWORD),
        schema,
        connector,
        settings.duration(SinkKeys.LOCK_TIMEOUT, Duration.ofSeconds(5)),
        statementTimeout(settings),
        socketTimeout(settings));
  }

  private static Duration statementTimeout(Settings settings) {
    return settings.duration(SinkKeys.STATEMENT_TIMEOUT, Duration.ofSeconds(60));
  }

  /** The server has the first word: it ends a statement, and says so, before it counts as gone. */
  private static Duration socketTimeout(Settings settings) {
    Duration least = statementTimeout(settings).plusSeconds(1);
    Duration timeout =
        settings.duration(SinkKeys.SOCKET_TIMEOUT, statementTimeout(settings).plusSeconds(30));
    if (timeout.compareTo(least) < 0) {
      settings.reject(
          SinkKeys.SOCKET_TIMEOUT,
          "must be at least a second longer than " + SinkKeys.STATEMENT_TIMEOUT);
    }
    return timeout;
  }

  private static Map<String, String> kafka(Settings settings) {
    Map<String, String> kafka = settings.under(SinkKeys.KAFKA_PREFIX);
    if (!kafka.containsKey("bootstrap.servers")) {
      settings.reject(SinkKeys.BOOTSTRAP_SERVERS, "is missing");
    }
    return kafka;
  }

  private static BatchConfig batch(Settings settings) {
    return new BatchConfig(
        settings.integer(SinkKeys.BATCH_ROWS, 20_000, 1, 1_000_000),
        settings.size(SinkKeys.BATCH_BYTES, 64L * 1024 * 1024),
        settings.duration(SinkKeys.BATCH_AGE, Duration.ofSeconds(2)),
        settings.duration(SinkKeys.BATCH_IDLE, Duration.ofMillis(100)),
        settings.duration(SinkKeys.BATCH_BUSY, Duration.ofSeconds(30)));
  }
}
