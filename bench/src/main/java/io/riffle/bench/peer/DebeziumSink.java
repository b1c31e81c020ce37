package io.riffle.bench.peer;

import io.riffle.operations.site.Endpoints;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Debezium JDBC sink at its best on merged PDE records, stock parts only. {@code
 * bench/peer/README.md} says what was tried.
 *
 * @param user role of the database; the worker knows its password
 * @param registryUrl root of the registry's own REST API: its converter does not speak the
 *     Confluent one
 * @param tasks {@code tasks.max}
 * @param inserts the shape of its statements
 */
record DebeziumSink(String user, String registryUrl, String tasks, Inserts inserts)
    implements Contestant {

  static final String CONNECTOR = "io.debezium.connector.jdbc.JdbcSinkConnector";
  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
  private static final String TABLE = Endpoints.TABLES_SCHEMA + ".partd_events";
  private static final String KEY = "pde_id";

  /** Rows to a statement, and records to a poll. */
  private static final String BATCH = "5000";

  static DebeziumSink of(Endpoints endpoints, String tasks, Inserts inserts) {
    String registry = endpoints.registryUrl().resolve("/apis/registry/v2").toString();
    return new DebeziumSink(endpoints.postgresUser(), registry, tasks, inserts);
  }

  @Override
  public String name() {
    return "debezium";
  }

  @Override
  public String title() {
    return "Debezium's sink";
  }

  @Override
  public Map<String, String> config(String topic, String jdbcUrl) {
    Map<String, String> config = new TreeMap<>();
    config.put("connector.class", CONNECTOR);
    config.put("tasks.max", tasks);
    config.put("topics", topic);
    config.putAll(consumer());
    config.putAll(converters());
    config.putAll(transforms());
    config.putAll(table());
    config.putAll(database(jdbcUrl));
    return config;
  }

  /**
   * What Riffle's sink keeps for itself, a JDBC sink cannot know: it gets defaults. Arrays are of
   * text where a decimal's scale is open, and Postgres does not assign text to numeric by itself.
   */
  @Override
  public void prepare(Connection database) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(
          "ALTER TABLE "
              + TABLE
              + " ALTER last_updated SET DEFAULT now(), ALTER riffle_generation SET DEFAULT 0,"
              + " ALTER riffle_offset SET DEFAULT 0");
      if (inserts == Inserts.ARRAYS) {
        statement.execute("CREATE CAST (text AS numeric) WITH INOUT AS ASSIGNMENT");
      }
    }
  }

  private static Map<String, String> consumer() {
    return Map.of(
        "consumer.override.isolation.level", "read_committed",
        "consumer.override.auto.offset.reset", "earliest",
        "consumer.override.max.poll.records", BATCH,
        "consumer.override.max.partition.fetch.bytes", "9437184");
  }

  /** Values are in the Confluent wire format with the ids of its API, Apicurio's content ids. */
  private Map<String, String> converters() {
    return Map.of(
        "key.converter", BYTES,
        "header.converter", BYTES,
        "value.converter", "io.apicurio.registry.utils.converter.AvroConverter",
        "value.converter.apicurio.registry.url", registryUrl,
        "value.converter.apicurio.registry.as-confluent", "true",
        "value.converter.apicurio.registry.headers.enabled", "false",
        "value.converter.apicurio.registry.use-id", "contentId");
  }

  /**
   * {@code row} leaves the merge's own part out, cheaper than the sink's field.exclude.list. {@code
   * key} makes the key from the row: barriers and deletes have no such field, so the transform
   * fails on them, and what fails before the sink is dropped. No stock predicate looks into values.
   */
  private static Map<String, String> transforms() {
    return Map.of(
        "transforms", "row,key",
        "transforms.row.type", "org.apache.kafka.connect.transforms.ReplaceField$Value",
        "transforms.row.exclude", "merge",
        "transforms.key.type", "org.apache.kafka.connect.transforms.ValueToKey",
        "transforms.key.fields", KEY,
        "errors.tolerance", "all");
  }

  private Map<String, String> table() {
    return Map.of(
        "insert.mode", "upsert",
        "primary.key.mode", "record_key",
        "collection.name.format", TABLE,
        "dialect.postgres.unnest.insert.enabled", Boolean.toString(inserts == Inserts.ARRAYS),
        "use.reduction.buffer", "true",
        "schema.evolution", "none",
        "delete.enabled", "false",
        "batch.size", BATCH);
  }

  /**
   * {@code stringtype}: decimals of any scale come as text, which Postgres then reads as what the
   * column is.
   */
  private Map<String, String> database(String jdbcUrl) {
    return Map.of(
        "connection.url", jdbcUrl + "?reWriteBatchedInserts=true&stringtype=unspecified",
        "connection.username", user,
        "connection.password", "${env:RIFFLE_DATABASE_PASSWORD}",
        "connection.pool.min_size", "1",
        "connection.pool.max_size", "4");
  }
}
