package io.riffle.sink;

import io.riffle.schemas.layout.Layouts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * The keys of a connector's configuration and what they mean. Values are checked in one place,
 * {@link SinkConfig}, so that a wrong one is named the same way at start and by validation.
 */
final class SinkKeys {
  static final String SET = "riffle.set";
  static final String DEPLOYMENT = "riffle.deployment";
  static final String LEASE_LIFETIME = "lease.lifetime";
  static final String DATABASE_URL = "database.url";
  static final String DATABASE_USER = "database.user";
  static final String DATABASE_PASSWORD = "database.password";
  static final String LOCK_TIMEOUT = "database.lock-timeout";
  static final String STATEMENT_TIMEOUT = "database.statement-timeout";
  static final String SOCKET_TIMEOUT = "database.socket-timeout";
  static final String TABLES_SCHEMA = "tables.schema";
  static final String KAFKA_PREFIX = "kafka.";
  static final String BOOTSTRAP_SERVERS = KAFKA_PREFIX + "bootstrap.servers";
  static final String BATCH_ROWS = "batch.rows";
  static final String BATCH_BYTES = "batch.bytes";
  static final String BATCH_AGE = "batch.age";
  static final String BATCH_IDLE = "batch.idle";
  static final String BATCH_BUSY = "batch.busy";
  static final String BRAKE_RECORDS = "brake.records";
  static final String BRAKE_PERCENT = "brake.percent";
  static final String RETRY_FIRST = "retry.first";
  static final String RETRY_LONGEST = "retry.longest";

  /** A task's number, which the connector itself sets. */
  static final String TASK = "riffle.task";

  /** Connect's own key for the sink's consumer. */
  static final String ISOLATION = "consumer.override.isolation.level";

  private static final Set<String> WORKERS_KEYS_LOOKED_AT =
      Set.of(
          "name",
          "errors.tolerance",
          ISOLATION,
          "key.converter",
          "value.converter",
          "header.converter");
  private static final List<String> PREFIXES =
      List.of(
          "riffle.",
          "lease.",
          "layouts.",
          "database.",
          "tables.",
          "registry.",
          "batch.",
          "brake.",
          "retry.",
          KAFKA_PREFIX);

  private SinkKeys() {}

  /** Whether the sink reads a key, or would if it were spelled right. */
  static boolean isOurs(String key) {
    return WORKERS_KEYS_LOOKED_AT.contains(key) || PREFIXES.stream().anyMatch(key::startsWith);
  }

  /** For Connect's validation and its users' forms. */
  static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    required().forEach((key, doc) -> define(definition, key, Importance.HIGH, doc));
    optional().forEach((key, doc) -> define(definition, key, Importance.MEDIUM, doc));
    return definition;
  }

  private static void define(ConfigDef definition, String key, Importance importance, String doc) {
    ConfigDef.Type type =
        key.endsWith("password") ? ConfigDef.Type.PASSWORD : ConfigDef.Type.STRING;
    definition.define(key, type, null, importance, doc);
  }

  private static Map<String, String> required() {
    return Map.of(
        DEPLOYMENT,
        "Name of the deployment, which holds the lease: the same for all its processes, for ever",
        DATABASE_URL,
        "JDBC URL of the target: jdbc:postgresql://host:5432/database",
        DATABASE_USER,
        "Role that owns no table and may read and write them",
        DATABASE_PASSWORD,
        "Its password",
        "registry.url",
        "Base URLs of the schema registry, comma-separated",
        BOOTSTRAP_SERVERS,
        "Brokers, asked for topic ids and offsets; further kafka.* keys go along",
        ISOLATION,
        "Must be read_committed: records of aborted transactions are none");
  }

  private static Map<String, String> optional() {
    return Map.ofEntries(
        Map.entry(SET, "Partition set, the first part of its topics' names (default main)"),
        Map.entry(LEASE_LIFETIME, "Silence after which another deployment may take over (30s)"),
        Map.entry(Layouts.FOLDER_KEY, "Folder of layout files that stand for those of the build"),
        Map.entry(TABLES_SCHEMA, "Schema of the tables of record (default ccw)"),
        Map.entry(LOCK_TIMEOUT, "Longest wait for a lock before the batch is tried again (5s)"),
        Map.entry(STATEMENT_TIMEOUT, "Longest statement (60s)"),
        Map.entry(SOCKET_TIMEOUT, "Silence after which a session is given up (90s)"),
        Map.entry(BATCH_ROWS, "Records of a transaction (default 20000)"),
        Map.entry(BATCH_BYTES, "Memory of the records that wait (default 64MiB)"),
        Map.entry(BATCH_AGE, "Longest wait of a record (default 2s)"),
        Map.entry(BATCH_IDLE, "Wait for further records when none come (default 100ms)"),
        Map.entry(BATCH_BUSY, "Longest work within one call of the worker (default 30s)"),
        Map.entry(BRAKE_RECORDS, "Records tried of a type in a batch that does not fit (20)"),
        Map.entry(BRAKE_PERCENT, "More than these refused alike: pause, reject none (80)"),
        Map.entry(RETRY_FIRST, "Pause after a first failure of a neighbour (default 200ms)"),
        Map.entry(RETRY_LONGEST, "Longest pause (default 30s)"),
        Map.entry("registry.username", "For HTTP basic authentication at the registry"),
        Map.entry("registry.password", "Password at the registry"),
        Map.entry("registry.cache-dir", "Folder for schemas that outlive the worker"),
        Map.entry("registry.truststore", "Trust store for the registry (PKCS#12 or JKS)"),
        Map.entry("registry.truststore.password", "Its password"),
        Map.entry("registry.keystore", "Key store for the registry"),
        Map.entry("registry.keystore.password", "Its password"),
        Map.entry("registry.timeout", "Of one request (default 5s)"),
        Map.entry("registry.attempts", "Requests before the sink pauses (default 4)"),
        Map.entry("registry.backoff", "Pause between requests (default 250ms)"));
  }
}
