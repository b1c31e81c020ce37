package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.client.Rest;
import io.riffle.operations.site.Endpoints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database is captured by the commands, in a stack of its own. */
@Tag("full")
@Tag("capture")
class CdcIT {
  @TempDir Path home;
  @TempDir Path files;

  @Test
  void addsWatchesPausesReadsAgainAndRemovesASource() throws Exception {
    Chain chain = Chain.ownIn(home);
    try {
      Endpoints endpoints = chain.stack().endpoints();
      Cli cli = new Cli(home);
      String url = endpoints.adminJdbcUrl().replaceAll("/[^/]*$", "/source");
      makeSource(endpoints, url);
      Path password = Files.writeString(files.resolve("pw"), endpoints.postgresPassword() + "\n");

      assertThat(add(cli, 1, url, password, "app.absent,app.person").out())
          .contains("qvp cannot be captured:", "there is no table app.absent");
      assertThat(cli.run(0, "cdc", "list").out()).doesNotContain("qvp");
      assertThat(add(cli, 0, url, password, "app.*").out())
          .contains("2 tables are captured", "app.log has no key");
      assertThat(add(cli, 1, url, password, "app.*").err()).contains("there is a source 'qvp'");

      awaitTables(cli, "DONE", 30, 3);
      assertThatNoPasswordIsShown(endpoints);
      cli.run(0, "cdc", "pause", "qvp");
      await().atMost(Duration.ofMinutes(1)).until(() -> state(cli).equals("PAUSED"));
      cli.run(0, "cdc", "resume", "qvp");
      await().atMost(Duration.ofMinutes(1)).until(() -> state(cli).equals("STREAMING"));
      execute(url, endpoints, "INSERT INTO app.person VALUES (31, 'late')");
      cli.run(0, "cdc", "snapshot", "qvp", "app.person");
      awaitTables(cli, "DONE", 31, 3);
      cli.run(1, "cdc", "snapshot", "qvp", "app.absent");
      await().atMost(Duration.ofMinutes(1)).until(() -> cli.run("cdc", "list").exitCode() == 0);

      cli.run(0, "cdc", "remove", "qvp", "--drop-staging");
      assertThat(cli.run(0, "cdc", "list").out()).doesNotContain("qvp");
      assertThat(home.resolve("cdc-secrets")).isEmptyDirectory();
      assertThat(chain.number("SELECT count(*) FROM pg_replication_slots")).isZero();
    } finally {
      chain.stack().stop();
    }
  }

  private static void makeSource(Endpoints endpoints, String url) throws Exception {
    try (Connection connection = PostgresClient.admin(endpoints);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE source");
    }
    execute(
        url,
        endpoints,
        "CREATE SCHEMA app; CREATE TABLE app.person (id int PRIMARY KEY, name text);"
            + " CREATE TABLE app.log (what text);"
            + " INSERT INTO app.person SELECT n, 'name' FROM generate_series(1, 30) n;"
            + " INSERT INTO app.log VALUES ('a'), ('a'), ('b')");
  }

  private static void execute(String url, Endpoints endpoints, String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                url, endpoints.postgresUser(), endpoints.postgresPassword());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Cli.Printed add(Cli cli, int exitCode, String url, Path password, String tables) {
    return cli.run(
        exitCode,
        "cdc",
        "add",
        "qvp",
        "--url",
        url,
        "--user",
        "riffle",
        "--tables",
        tables,
        "--password-file",
        password.toString());
  }

  private static void awaitTables(Cli cli, String state, long persons, long logs) {
    Callable<Boolean> there =
        () -> {
          JsonNode tables = source(cli).path("tables");
          return tables.size() == 2
              && tables.path(0).path("state").asText().equals(state)
              && tables.path(0).path("rowsDone").asLong() == logs
              && tables.path(1).path("state").asText().equals(state)
              && tables.path(1).path("rowsDone").asLong() == persons;
        };
    await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofSeconds(1)).until(there);
  }

  private static String state(Cli cli) throws Exception {
    return source(cli).path("state").asText();
  }

  private static JsonNode source(Cli cli) throws Exception {
    return new ObjectMapper()
        .readTree(cli.run("cdc", "list", "-o", "json").out())
        .path("sources")
        .path(0);
  }

  /** Only its place is in the connector's configuration. */
  private static void assertThatNoPasswordIsShown(Endpoints endpoints) throws Exception {
    String config = Rest.get(endpoints.connectUrl().resolve("/connectors/main-cdc-qvp/config"));
    assertThat(config).contains("${secrets:").doesNotContain(endpoints.postgresPassword());
  }
}
