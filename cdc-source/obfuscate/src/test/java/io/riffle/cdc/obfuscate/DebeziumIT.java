package io.riffle.cdc.obfuscate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The transform behind real Debezium, in a real worker: nothing original is on any topic. */
@Tag("full")
@Tag("cdc")
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DebeziumIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RULES =
      """
      sensitive:
        - "*"
      rules:
        people.id: hash
        people.name: name
        people.email: email
        people.phone: phone
        people.born: date-shift 40
        people.seen: date-shift 40 by id
        people.at: date-shift 40
        people.ref: hash
        people.mood: hash
        people.amount: hash
        people.doc$..mail: hash
        people.doc: keep
        people.pairs: hash
        people.tags: hash
        people.numbers: hash
        people.scan: hash
        people.long: hash
        people.note: null
        visits.person: hash
        visits.at: date-shift 40 by person
        visits.*: keep
      """;

  /** Not to be found anywhere; long enough not to be there by chance. */
  private static final List<String> ORIGINALS =
      List.of(
          "Zephyrine",
          "Quillfeather",
          "zephyrine77",
          "quillmail",
          "9858712312",
          "8173946250",
          "1977-03-14",
          "mail-canary",
          "pair-canary",
          "tag-canary",
          "scan-canary",
          "long-canary",
          "note-canary",
          "3141592653",
          "6535897932",
          "7c9e6679-7425-40de-944b-e07fc1f90ae7");

  private final TestKafka kafka;
  private final TestPostgres postgres;
  private final HttpClient http = HttpClient.newHttpClient();
  private Connect<DistributedHerder> worker;
  private String prefix;

  DebeziumIT(TestKafka kafka, TestPostgres postgres) {
    this.kafka = kafka;
    this.postgres = postgres;
  }

  @BeforeAll
  void startWorker() {
    Map<String, String> properties = new HashMap<>();
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    properties.put("group.id", kafka.uniqueName("connect"));
    for (String store : List.of("config", "offset", "status")) {
      properties.put(store + ".storage.topic", kafka.uniqueName(store));
      properties.put(store + ".storage.replication.factor", "1");
    }
    properties.put("offset.storage.partitions", "1");
    properties.put("status.storage.partitions", "1");
    properties.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
    properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    properties.put("plugin.discovery", "service_load");
    properties.put("scheduled.rebalance.max.delay.ms", "0");
    properties.put("listeners", "HTTP://localhost:0");
    properties.put("topic.creation.enable", "true");
    worker = new ConnectDistributed().startConnect(properties);
  }

  @AfterAll
  void stopWorker() {
    worker.stop();
    worker.awaitStop();
  }

  @BeforeEach
  void createTables() {
    prefix = kafka.uniqueName("dev.cdc.qvp").replace("-", "_");
    postgres.execute(
        """
        CREATE EXTENSION hstore;
        CREATE TYPE mood AS ENUM ('glad', 'sad', 'in between');
        CREATE TABLE people (
          id bigint PRIMARY KEY, name text, email varchar(60), phone text, born date,
          seen timestamptz, at timestamp, ref uuid, mood mood, amount numeric(14, 2),
          doc jsonb, pairs hstore, tags text[], numbers int[], scan bytea, long text, note text);
        CREATE TABLE visits (visit bigint PRIMARY KEY, person bigint, at timestamp);
        """);
    postgres.execute(
        """
        INSERT INTO people VALUES (3141592653, 'Zephyrine Quillfeather',
          'zephyrine77@quillmail.example', '9858712312', '1977-03-14', '2020-02-28 10:11:12+00',
          '2020-02-28 10:11:12', '7c9e6679-7425-40de-944b-e07fc1f90ae7', 'sad', 8173946250.42,
          '{"a": [{"mail": "mail-canary"}], "kind": "visible"}', 'k=>pair-canary',
          ARRAY['tag-canary', NULL], ARRAY[653589793, 2], 'scan-canary',
          repeat('long-canary ', 5), 'note-canary');
        INSERT INTO visits VALUES (1, 3141592653, '2020-02-28 10:11:12');
        """);
  }

  @AfterEach
  void removeConnector() throws Exception {
    call("DELETE", "", "");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> postgres.rows("SELECT 1 FROM pg_replication_slots WHERE active").isEmpty());
    postgres.execute(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots;"
            + " DROP PUBLICATION dbz_publication; DROP TABLE people, visits; DROP TYPE mood;"
            + " DROP EXTENSION hstore");
  }

  @Test
  void snapshotAndStreamHoldNothingOriginal() throws Exception {
    assertThat(call("PUT", "/config", connector(RULES)).statusCode()).isEqualTo(201);
    JsonNode read = payloads("people", 1).get(0);
    postgres.execute(
        """
        UPDATE people SET phone = '9858712399', long = NULL;
        UPDATE people SET id = 6535897932;
        DELETE FROM people;
        """);

    List<JsonNode> events = payloads("people", 5);

    JsonNode row = read.get("after");
    assertThat(row.get("phone").asText()).isEqualTo("985***12");
    assertThat(row.get("email").asText()).isEqualTo("z77@q***.example");
    assertThat(row.get("id").asText()).hasSize(10);
    assertThat(row.get("doc").asText()).contains("\"kind\": \"visible\"");
    assertThat(row.get("pairs").asText()).matches("\\{\"k\":\"[0-9a-f]{16}\"}");
    assertThat(row.get("mood").asText()).isIn("glad", "in between");
    assertThat(row.get("seen").asText()).endsWith("T10:11:12.000000Z");
    assertThat(row.get("tags").get(1).isNull()).isTrue();
    assertThat(row.get("note").isNull()).isTrue();
    assertThat(payloads("visits", 1).get(0).get("after").get("person")).isEqualTo(row.get("id"));
    assertThat(shift(payloads("visits", 1).get(0), "at")).isEqualTo(shiftOfSeen(row));
    assertThat(events.get(1).get("after").get("phone").asText()).isEqualTo("985***99");
    assertThat(events.get(1).get("after").get("email")).isEqualTo(row.get("email"));
    JsonNode gone = events.get(events.size() - 1);
    assertThat(gone.get("op").asText()).isEqualTo("d");
    assertNothingOriginal();
  }

  @Test
  void whatIsRenamedWhileItStreamsStopsTheTask() throws Exception {
    String columns =
        String.join(
            "\n",
            postgres.rows(
                "SELECT '  - public.' || table_name || '.' || column_name"
                    + " FROM information_schema.columns WHERE table_schema = 'public'"));
    String rules = RULES.replace("  - \"*\"\n", "  - \"*name*\"\n") + "columns:\n" + columns + "\n";
    assertThat(call("PUT", "/config", connector(rules)).statusCode()).isEqualTo(201);
    payloads("people", 1);

    postgres.execute(
        "ALTER TABLE people RENAME phone TO reach_me_at; UPDATE people SET reach_me_at = '8173946250'");

    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> call("GET", "/status", "").body().contains("FAILED"));
    assertThat(call("GET", "/status", "").body())
        .contains("public.people.reach_me_at is new in the source and has no rule")
        .doesNotContain("8173946250");
    assertNothingOriginal();
  }

  @Test
  void sensitiveColumnsWithoutARuleAreRefusedBeforeTheConnectorExists() throws Exception {
    String rules =
        RULES + "columns:\n  - public.people.email\n  - public.orders.iban\n  - public.orders.x\n";

    HttpResponse<String> refused = call("PUT", "/config", connector(rules));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .contains(
            "public.orders.iban is sensitive and has no rule",
            "public.orders.x is sensitive and has no rule")
        .doesNotContain("people.email is sensitive", Rows.KEY);
    assertThat(call("PUT", "/config", connector(RULES)).statusCode()).isEqualTo(201);
    payloads("people", 1);
  }

  /** Whole days between what is there and what was. */
  private static long shift(JsonNode event, String column) {
    long micros = event.get("after").get(column).asLong();
    return Math.floorDiv(micros, 86_400_000_000L)
        - java.time.LocalDate.parse("2020-02-28").toEpochDay();
  }

  private static long shiftOfSeen(JsonNode row) {
    return java.time.LocalDate.parse(row.get("seen").asText().substring(0, 10)).toEpochDay()
        - java.time.LocalDate.parse("2020-02-28").toEpochDay();
  }

  /** Of all topics of the source, keys and headers included, in any encoding that is used. */
  private void assertNothingOriginal() throws Exception {
    StringBuilder all = new StringBuilder();
    for (String topic : kafka.admin().listTopics().names().get()) {
      if (topic.startsWith(prefix)) {
        for (ConsumerRecord<byte[], byte[]> record : kafka.readAll(topic)) {
          append(all, record.key());
          append(all, record.value());
          record.headers().forEach(header -> append(all, header.value()));
        }
      }
    }
    String text = all.toString();
    assertThat(text).contains("public");
    for (String original : ORIGINALS) {
      byte[] bytes = original.getBytes(StandardCharsets.UTF_8);
      String base64 = java.util.Base64.getEncoder().withoutPadding().encodeToString(bytes);
      assertThat(text.contains(original)).as(original).isFalse();
      assertThat(text.contains(base64.substring(0, base64.length() - 2))).as(original).isFalse();
    }
  }

  private static void append(StringBuilder all, byte[] bytes) {
    if (bytes != null) {
      all.append(new String(bytes, StandardCharsets.UTF_8)).append('\n');
    }
  }

  private List<JsonNode> payloads(String table, int atLeast) {
    String topic = prefix + ".public." + table;
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> kafka.admin().listTopics().names().get().contains(topic));
    List<JsonNode> payloads = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.awaitRecords(topic, atLeast)) {
      try {
        payloads.add(JSON.readTree(record.value()).get("payload"));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return payloads;
  }

  private String connector(String rules) throws IOException {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    config.put("database.hostname", "localhost");
    config.put("database.port", String.valueOf(postgres.port()));
    config.put("database.user", postgres.username());
    config.put("database.password", postgres.password());
    config.put("database.dbname", postgres.database());
    config.put("topic.prefix", prefix);
    config.put("plugin.name", "pgoutput");
    config.put("slot.name", "o_" + Integer.toUnsignedString(prefix.hashCode()));
    config.put("table.include.list", "public.people,public.visits");
    config.put("tombstones.on.delete", "false");
    config.put("decimal.handling.mode", "string");
    config.put("hstore.handling.mode", "json");
    config.put("binary.handling.mode", "bytes");
    config.put("column.propagate.source.type", ".*");
    config.put("poll.interval.ms", "50");
    config.put("topic.creation.default.partitions", "1");
    config.put("topic.creation.default.replication.factor", "1");
    config.put("transforms", "keys,values");
    for (String part : List.of("Key", "Value")) {
      String transform = "transforms." + part.toLowerCase(java.util.Locale.ROOT) + "s.";
      config.put(transform + "type", "io.riffle.cdc.obfuscate.Obfuscate$" + part);
      config.put(transform + "rules", rules);
      config.put(transform + "secret", Rows.KEY);
    }
    return JSON.writeValueAsString(config);
  }

  private HttpResponse<String> call(String method, String path, String body) throws Exception {
    URI uri = worker.rest().advertisedUrl().resolve("/connectors/people" + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
