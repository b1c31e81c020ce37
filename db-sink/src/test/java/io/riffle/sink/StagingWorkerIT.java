package io.riffle.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * From a source database through Debezium, a topic and the sink into staging tables, all in one
 * distributed worker: staging equals the source.
 */
@Tag("full")
@Tag("cdc")
@ExtendWith({PostgresExtension.class, KafkaExtension.class, RegistryExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StagingWorkerIT {
  private static final Path PLUGINS = Path.of("..", "infra", "stack", "debezium", "target/plugins");
  private static final String PLACEHOLDER = "riffle-absent-77ab";
  private static final String CONVERTER = "io.apicurio.registry.utils.converter.AvroConverter";
  private static final String TYPES =
      """
      CREATE EXTENSION IF NOT EXISTS citext;
      CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s fine');
      CREATE TABLE types (id bigint PRIMARY KEY, n numeric, n2 numeric(10,2), i2 smallint,
        i4 integer, f4 real, f8 double precision, bo boolean, tx text, vc varchar(20), ch char(5),
        ci citext, dt date, tm time, tmz timetz, ts timestamp, ts3 timestamp(3), tz timestamptz,
        iv interval, js json, jb jsonb, uu uuid, ta text[], ia int[], na numeric(8,2)[],
        da timestamptz[], mo mood, ma mood[], by bytea, bt bit(3), inn inet, "Odd Näme" text,
        big text, dx text DEFAULT 'new', dn numeric(10,2) DEFAULT 7, da2 text[] DEFAULT '{x}',
        dp point DEFAULT '(1,2)', de mood DEFAULT 'ok', dz timestamptz DEFAULT '2020-01-01 00:00Z',
        df text NOT NULL DEFAULT 'filled');
      CREATE TABLE emptied (a int, b text, PRIMARY KEY (a, b));
      """;
  private static final String COLUMNS =
      "id, n, n2, i2, i4, f4, f8, bo, tx, vc, ch, ci, dt, tm, tmz AT TIME ZONE 'UTC', ts, ts3, tz,"
          + " iv, js, jb, uu, ta, ia, na, da, mo, ma, by, bt, inn, \"Odd Näme\", md5(big),"
          + " dx, dn, da2, dp, de, dz, df";
  private static final String ROWS =
      """
      INSERT INTO types (id) VALUES (%1$d);
      INSERT INTO types VALUES (%1$d + 1, 'NaN', 'NaN', -1, 2, 'NaN', 'Infinity', true,
        E'tx \\\\ \\t\\n ä€', 'v', 'ab', 'CiT', 'infinity', '24:00', '23:59:59.999999+05:45',
        'infinity', '2020-01-01 00:00:00.123', 'infinity', '1 year -2 mons 3 days 04:05:06.7',
        '{"a": 1,  "b":2}', '{"a":1.0}', '12345678-1234-1234-1234-123456789012',
        '{a,NULL,"b,\\"c\\\\\\\\"}', '{1,NULL,3}', '{1.50,NULL}',
        '{2020-01-01 00:00+00,infinity}', 'it''s fine', '{sad,ok}', '\\x00ff', B'101', '10.0.0.1/8',
        'odd', repeat('large ', 40000), NULL, NULL, NULL, NULL, NULL, NULL);
      INSERT INTO types (id, n, n2, tm, ts, tz, dt, iv, f4) VALUES
        (%1$d + 2, 'Infinity', '-5.10', '00:00', '-infinity', '-infinity', '-infinity', '0', '-0'),
        (%1$d + 3, 1.10, 1, '23:59:59.999999', '0044-03-15 12:13:14.123456 BC',
          '0044-03-15 12:13:14.123456+00 BC', '9999-12-31', '-1 days +00:00:01', '1e-30'),
        (%1$d + 4, 12345678901234567890.123456789, 0.1, '00:00:00.000001', '9999-12-31 23:59:59',
          '294276-12-31 23:59:59.999999+00', '1582-10-04', '178000000 years', 1.1);
      """;

  private final TestKafka kafka;
  private final TestPostgres server;
  private final TestRegistry registry;
  private final HttpClient http = HttpClient.newHttpClient();
  private Connect<DistributedHerder> worker;
  private TestPostgres source;
  private SinkFixture sink;
  private String name;

  StagingWorkerIT(TestKafka kafka, TestPostgres server, TestRegistry registry) {
    this.kafka = kafka;
    this.server = server;
    this.registry = registry;
  }

  @BeforeAll
  void startWorker() {
    Map<String, String> properties = ConnectSettings.worker(kafka);
    properties.put("listeners", "HTTP://localhost:0");
    properties.put("plugin.path", PLUGINS.toAbsolutePath().normalize().toString());
    properties.put("exactly.once.source.support", "enabled");
    worker = new ConnectDistributed().startConnect(properties);
  }

  @AfterAll
  void stopWorker() {
    worker.stop();
    worker.awaitStop();
  }

  @BeforeEach
  void createDatabases() {
    source = server.another();
    sink = new SinkFixture(server);
    name = kafka.uniqueName("s").replace('-', '_');
  }

  @Test
  void stagingEqualsTheSourceInEveryType() throws Exception {
    source.execute(TYPES);
    source.execute(ROWS.formatted(1));
    source.execute("INSERT INTO emptied VALUES (1, 'x')");
    start("public.types,public.emptied");
    awaitEqual(COLUMNS);

    source.execute(ROWS.formatted(11));
    source.execute("INSERT INTO types (id, dt) VALUES (20, '0044-03-15 BC')");
    source.execute("UPDATE types SET i4 = 7 WHERE id IN (2, 12)");
    source.execute("UPDATE types SET id = 102, vc = 'moved' WHERE id = 12");
    source.execute("DELETE FROM types WHERE id = 11");
    source.execute("TRUNCATE emptied");
    source.execute("INSERT INTO emptied VALUES (2, 'y')");
    source.execute("ALTER TYPE mood ADD VALUE 'new'");
    source.execute("ALTER TABLE types ADD COLUMN extra text[], ALTER vc TYPE varchar(40)");
    source.execute(
        "INSERT INTO types (id, mo, extra, vc) VALUES (21, 'new', '{a}', repeat('v', 40))");

    awaitEqual(COLUMNS + ", extra");
    assertThat(types(sink.postgres, "SELECT * FROM stg_%s.types".formatted(name)))
        .containsAll(types(source, "SELECT * FROM types WHERE false"));
    assertThat(
            sink.rows(
                "SELECT id, riffle_deleted_at IS NOT NULL FROM stg_%s.types".formatted(name)
                    + " WHERE riffle_deleted_at IS NOT NULL ORDER BY 1"))
        .containsExactly("11|t", "12|t");
    assertThat(
            sink.rows(
                "SELECT a, riffle_deleted_at IS NULL FROM stg_%s.emptied ORDER BY 1"
                    .formatted(name)))
        .containsExactly("1|f", "2|t");
    assertThat(sink.rows("SELECT * FROM riffle.rejects")).isEmpty();
    assertThat(
            sink.rows(
                "SELECT column_name, what FROM riffle.staging_changes WHERE what <> 'CREATED'"
                    + " ORDER BY change_id"))
        .containsExactlyInAnyOrder("null|EXTENDED", "vc|WIDENED", "extra|ADDED");
  }

  private void awaitEqual(String columns) {
    String query = "SELECT %s FROM %s ORDER BY id";
    List<String> expected = source.rows(query.formatted(columns, "types"));
    String staging = "stg_" + name + ".types WHERE riffle_deleted_at IS NULL";
    await()
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptions()
        .untilAsserted(
            () -> assertThat(sink.rows(query.formatted(columns, staging))).isEqualTo(expected));
  }

  /** Names and types of columns, without the schemas of types that have one. */
  private static List<String> types(TestPostgres database, String query) throws SQLException {
    List<String> types = new ArrayList<>();
    try (Connection connection = database.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query + (query.contains("WHERE") ? "" : " LIMIT 0"))) {
      var columns = rows.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        String type = columns.getColumnTypeName(i).replaceAll(".*\\.|\"", "");
        types.add(columns.getColumnName(i) + " " + type);
      }
    }
    return types;
  }

  private void start(String tables) throws Exception {
    put(name + "-source", new ObjectMapper().writeValueAsString(debezium(tables)));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                kafka.admin().listTopics().names().get().stream()
                    .anyMatch(topic -> topic.startsWith("main.cdc." + name + ".")));
    Map<String, String> more = new HashMap<>();
    more.put("topics.regex", "main\\.cdc\\." + name + "\\..*");
    more.put("tasks.max", "1");
    more.put("batch.age", "200ms");
    more.put("batch.idle", "20ms");
    more.put("consumer.override.metadata.max.age.ms", "500");
    put(name + "-staging", ConnectSettings.connector(sink, kafka, registry, more));
  }

  private Map<String, String> debezium(String tables) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    config.put("tasks.max", "1");
    config.put("database.hostname", "localhost");
    config.put("database.port", Integer.toString(source.port()));
    config.put("database.user", source.username());
    config.put("database.password", source.password());
    config.put("database.dbname", source.database());
    config.put("topic.prefix", "main.cdc." + name);
    config.put("plugin.name", "pgoutput");
    config.put("slot.name", name);
    config.put("publication.name", name);
    config.put("publication.autocreate.mode", "filtered");
    config.put("table.include.list", tables);
    config.put("time.precision.mode", "microseconds");
    config.put("column.propagate.source.type", ".*");
    config.put("decimal.handling.mode", "string");
    config.put("interval.handling.mode", "string");
    config.put("hstore.handling.mode", "json");
    config.put("schema.name.adjustment.mode", "avro");
    config.put("field.name.adjustment.mode", "avro");
    config.put("include.unknown.datatypes", "true");
    config.put("unavailable.value.placeholder", PLACEHOLDER);
    config.put("skipped.operations", "none");
    config.put("tombstones.on.delete", "false");
    config.put("poll.interval.ms", "50");
    config.put("exactly.once.support", "required");
    config.put("topic.creation.default.replication.factor", "1");
    config.put("topic.creation.default.partitions", "1");
    config.put("header.converter", "org.apache.kafka.connect.storage.SimpleHeaderConverter");
    config.put("transforms", "defaults,epoch,placeholder");
    config.put("transforms.defaults.type", "io.riffle.cdc.guard.WithoutDefaults");
    header(config, "epoch", "riffle.epoch", "1");
    header(config, "placeholder", "riffle.placeholder", PLACEHOLDER);
    converter(config, "key");
    converter(config, "value");
    return config;
  }

  private static void header(Map<String, String> config, String alias, String header, String text) {
    String prefix = "transforms." + alias + ".";
    config.put(prefix + "type", "org.apache.kafka.connect.transforms.InsertHeader");
    config.put(prefix + "header", header);
    config.put(prefix + "value.literal", text);
  }

  private void converter(Map<String, String> config, String of) {
    String prefix = of + ".converter";
    config.put(prefix, CONVERTER);
    config.put(prefix + ".apicurio.registry.url", registry.nativeUrl().toString());
    config.put(prefix + ".apicurio.registry.as-confluent", "true");
    config.put(prefix + ".apicurio.registry.headers.enabled", "false");
    config.put(prefix + ".apicurio.registry.use-id", "contentId");
    config.put(prefix + ".apicurio.registry.auto-register", "true");
    config.put(prefix + ".apicurio.registry.find-latest", "true");
  }

  private void put(String connector, String config) throws Exception {
    URI uri = worker.rest().advertisedUrl().resolve("/connectors/" + connector + "/config");
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(config))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
  }
}
