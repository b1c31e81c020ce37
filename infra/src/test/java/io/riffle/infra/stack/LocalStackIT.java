package io.riffle.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.infra.site.PortPolicy;
import io.riffle.operations.client.KafkaAdmin;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.client.Rest;
import io.riffle.operations.client.S3;
import io.riffle.operations.site.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The real servers, once up for all tests, which follow each other: what the first one stores must
 * be there after every crash and restart.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("full")
@Tag("stack")
class LocalStackIT {
  private static final Set<String> SERVERS =
      Set.of("postgres", "kafka", "registry", "s3proxy", "connect");
  private static final String SCHEMA =
      "{\"schema\": \"{\\\"type\\\": \\\"record\\\", \\\"name\\\": \\\"Claim%d\\\","
          + " \\\"fields\\\": []}\"}";

  @TempDir static Path home;

  private static LocalStack stack;
  private static int firstId;

  @BeforeAll
  static void up() {
    stack = open();
    stack.start();
  }

  @AfterAll
  static void down() {
    open().stop();
  }

  @Test
  @Order(1)
  void storesSomethingEverywhere() throws Exception {
    Endpoints endpoints = stack.endpoints();
    try (Connection connection = PostgresClient.target(endpoints);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept AS SELECT 42 AS answer");
    }
    try (Admin admin = KafkaAdmin.open(endpoints)) {
      admin
          .createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
          .all()
          .get(10, TimeUnit.SECONDS);
    }
    try (S3Client s3 = S3.open(endpoints)) {
      s3.putObject(
          request ->
              request
                  .bucket(endpoints.bucket())
                  .key("Incoming/kept.txt")
                  .metadata(Map.of("md5chksum", "1B2M2Y8AsgTpgAmY7PhCfg==")),
          RequestBody.fromString("kept"));
    }
    firstId = register(1);
    assertEverythingIsKept();
  }

  @Test
  @Order(2)
  void runsPostgresAsTheSinkAndCdcNeedIt() throws Exception {
    try (Connection connection = PostgresClient.target(stack.endpoints());
        Statement statement = connection.createStatement()) {
      assertThat(setting(statement, "wal_level")).isEqualTo("logical");
      assertThat(setting(statement, "synchronous_commit")).isEqualTo("on");
      assertThat(setting(statement, "fsync")).isEqualTo("on");
      assertThat(setting(statement, "listen_addresses")).isEqualTo("127.0.0.1");
    }
  }

  @Test
  @Order(3)
  void aSecondUpStartsNothing() {
    Map<String, Long> before = pids();

    open().start();

    assertThat(pids()).isEqualTo(before);
  }

  @Test
  @Order(4)
  void upBringsBackWhatWasKilled() throws Exception {
    Map<String, Long> before = pids();
    for (String server : List.of("registry", "postgres", "kafka")) {
      stack.kill(server);
    }
    assertThat(states())
        .containsEntry("registry", ServiceState.FAILED)
        .containsEntry("connect", ServiceState.RUNNING);

    open().start();

    assertThat(states().values()).containsOnly(ServiceState.RUNNING);
    assertThat(pids().get("s3proxy")).isEqualTo(before.get("s3proxy"));
    assertThat(register(1)).as("an id given before the crash").isEqualTo(firstId);
    assertThat(register(2)).as("a new id").isGreaterThan(firstId);
    assertEverythingIsKept();
  }

  @Test
  @Order(5)
  void downAndUpKeepsEverything() throws Exception {
    Endpoints before = stack.endpoints();
    stack.stop();
    assertThat(states().values()).containsOnly(ServiceState.STOPPED);

    LocalStack again = open();
    again.start();

    assertThat(again.endpoints()).isEqualTo(before);
    assertEverythingIsKept();
  }

  private static void assertEverythingIsKept() throws Exception {
    Endpoints endpoints = stack.endpoints();
    try (Connection connection = PostgresClient.target(endpoints);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT answer FROM kept")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(42);
    }
    try (Admin admin = KafkaAdmin.open(endpoints)) {
      assertThat(admin.listTopics().names().get(10, TimeUnit.SECONDS)).contains("kept");
    }
    try (S3Client s3 = S3.open(endpoints)) {
      var head =
          s3.headObject(request -> request.bucket(endpoints.bucket()).key("Incoming/kept.txt"));
      assertThat(head.metadata()).containsEntry("md5chksum", "1B2M2Y8AsgTpgAmY7PhCfg==");
    }
    String schema = Rest.get(URI.create(endpoints.registryUrl() + "/schemas/ids/" + firstId));
    assertThat(schema).contains("Claim1");
    assertThat(Rest.get(endpoints.connectUrl().resolve("/connectors")))
        .isEqualTo("[\"main-db-sink\"]");
  }

  private static int register(int number) throws IOException, InterruptedException {
    String answer =
        Rest.sendJson(
            "POST",
            URI.create(stack.endpoints().registryUrl() + "/subjects/kept-" + number + "/versions"),
            SCHEMA.formatted(number));
    return new ObjectMapper().readTree(answer).get("id").asInt();
  }

  private static String setting(Statement statement, String name) throws Exception {
    try (ResultSet rows = statement.executeQuery("SHOW " + name)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Map<String, ServiceState> states() {
    return stack.status().stream()
        .collect(Collectors.toMap(ServiceStatus::name, ServiceStatus::state));
  }

  private static Map<String, Long> pids() {
    return stack.status().stream()
        .collect(Collectors.toMap(ServiceStatus::name, service -> service.pid().orElseThrow()));
  }

  private static LocalStack open() {
    return LocalStack.in(home)
        .ports(PortPolicy.FREE)
        .components(SERVERS)
        .jvmOptions("-XX:TieredStopAtLevel=1")
        .progress(System.out::println)
        .open();
  }
}
