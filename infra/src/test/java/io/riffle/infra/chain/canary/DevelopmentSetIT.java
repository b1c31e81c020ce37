package io.riffle.infra.chain.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.infra.chain.Chain;
import io.riffle.infra.chain.canary.CommandOutput.Printed;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.client.Rest;
import io.riffle.operations.site.Endpoints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A source with rules of obfuscation, captured, archived, read back and changed under the stream:
 * no original value is on a topic, in a staging table, in the archive or in a log.
 */
@Tag("full")
@Tag("capture")
class DevelopmentSetIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String ARCHIVE = "Archive/main/dev/";
  private static final String MOVED = "kind = 'kind 4' AND riffle_deleted_at IS NULL";
  private static final String RULES =
      """
      sensitive:
        - "*name*"
        - "*phone*"
        - "*born*"
        - "who"
      rules:
        person.id: hash
        person.full_name: name
        person.phone: phone
        person.born: date-shift 30
        person.doc$..mail: hash
        person.long_text: hash
        visit.who: hash
      """;

  private final Chain chain = Chain.shared();
  private final Endpoints endpoints = chain.stack().endpoints();
  private final String url = endpoints.adminJdbcUrl().replaceAll("/[^/]*$", "/dev_source");
  @TempDir private Path folder;

  @Test
  void neverCarriesAnOriginalValue() throws Exception {
    makeSource();

    assertThat(add(RULES.replace("  person.phone: phone\n", "")).code()).isEqualTo(1);
    assertThat(add(RULES.replace("  person.phone: phone\n", "")).text())
        .contains("app.person.phone is sensitive and has no rule")
        .doesNotContain("full_name is");
    assertThat(add(RULES).code()).isZero();
    awaitRows("stg_dev.person", 20);
    awaitRows("stg_dev.visit", 3);
    execute(
        "UPDATE app.person SET phone = '"
            + Canary.KEY
            + "77' WHERE kind = 'kind 3';"
            + "UPDATE app.person SET id = id + 1000 WHERE kind = 'kind 4';"
            + "DELETE FROM app.person WHERE kind = 'kind 5';"
            + "INSERT INTO app.person VALUES (867530900099, 'Z#Q late', '8675309000', '1907-03-13',"
            + " '{\"mail\": \"Z#Q\"}', 'Z#Q', 'kind 99')");
    awaitRows("stg_dev.person WHERE riffle_deleted_at IS NULL AND phone = '867***77'", 1);
    awaitRows("stg_dev.person WHERE riffle_deleted_at IS NULL", 20);
    awaitRows("stg_dev.person WHERE kind = 'kind 99'", 1);
    await().atMost(PATIENCE).until(() -> archived().contains("kind 99"));

    assertNothingOriginal();
    assertThat(chain.number("SELECT count(DISTINCT id) FROM stg_dev.person")).isEqualTo(22);

    readsBackWithoutAChange();
    readsBackIntoNothing();
    stopsAtARenamedColumn();
    assertNothingOriginal();
    assertThat(riffle("cdc", "remove", "dev", "--drop-staging").code()).isZero();
  }

  private void readsBackWithoutAChange() throws Exception {
    String before = rows();
    long offset = chain.number("SELECT max(riffle_offset) FROM stg_dev.person");
    loadArchive();
    awaitRows("stg_dev.person WHERE riffle_offset > " + offset, 22);
    assertThat(rows()).isEqualTo(before);
  }

  /**
   * Most of the rows are known from the snapshot alone, behind which a sweep is archived, too. What
   * the source did not send with a changed key stood in the old row, of which an archive knows
   * nothing any more.
   */
  private void readsBackIntoNothing() throws Exception {
    String before = rows();
    String visits = visits();
    try (Connection target = chain.database().getConnection();
        Statement statement = target.createStatement()) {
      statement.execute("DROP TABLE stg_dev.person, stg_dev.visit");
    }
    loadArchive();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              assertThat(rows()).isEqualTo(before);
              assertThat(visits()).isEqualTo(visits);
            });
    assertThat(
            chain.text(
                "SELECT string_agg(riffle_unsent::text, ',') FROM stg_dev.person WHERE " + MOVED))
        .isEqualTo("{long_text}");
  }

  private void loadArchive() {
    Printed loaded = riffle("cdc", "load-archive", "dev");
    assertThat(loaded.code()).as(loaded.text()).isZero();
  }

  private void stopsAtARenamedColumn() throws Exception {
    execute(
        "ALTER TABLE app.person RENAME phone TO reach_me_at;"
            + "UPDATE app.person SET reach_me_at = '8675309000'");
    await()
        .atMost(PATIENCE)
        .until(() -> riffle("cdc", "status", "dev", "-o", "json").text().contains("FAILED"));
    await("the reason, between two tries of cdc-source to start the task anew")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(
                        Rest.get(endpoints.connectUrl().resolve("/connectors/main-cdc-dev/status")))
                    .contains("app.person.reach_me_at is new in the source and has no rule"));
    Path rules =
        Files.writeString(
            folder.resolve("new.yaml"), RULES.replace("person.phone", "person.reach_me_at"));
    Printed changed = riffle("cdc", "rules", "dev", rules.toString());
    assertThat(changed.code()).as(changed.text()).isZero();
    awaitRows("stg_dev.person WHERE reach_me_at = '867***00'", 1);
  }

  private void assertNothingOriginal() throws Exception {
    try (TopicScan scan = new TopicScan(endpoints.bootstrapServers())) {
      KafkaNames.topics(endpoints).stream()
          .filter(topic -> topic.matches("main\\.cdc.*dev.*"))
          .forEach(scan::lookAt);
      assertThat(scan.values().looks()).isGreaterThan(20);
      assertThat(scan.keys().places()).isEmpty();
      assertThat(scan.values().places()).isEmpty();
      assertThat(scan.headers().places()).isEmpty();
    }
    Sightings tables =
        new DatabaseScan(chain.database())
            .columns("table_schema = 'stg_dev' OR table_name ~ '^(cdc|staging)_'", Set.of());
    assertThat(tables.looks()).isGreaterThan(100);
    assertThat(tables.places()).isEmpty();
    Sightings archive = new Sightings();
    archive.look("archive", archived());
    assertThat(archive.places()).isEmpty();
    Path logs = chain.stack().home().resolve("logs");
    assertThat(FolderScan.of(logs).places()).isEmpty();
    String key = Files.readString(chain.stack().cdcSecrets().resolve("obfuscation.key"));
    assertThat(key).hasSizeGreaterThan(32);
    assertThat(FolderScan.having(key, logs)).isEmpty();
    Sightings answers = new Sightings();
    String path = "/connectors?expand=status&expand=info";
    answers.look(path, Rest.get(endpoints.connectUrl().resolve(path)));
    answers.look("status", riffle("cdc", "status", "dev").text());
    assertThat(answers.places()).isEmpty();
    assertThat(Rest.get(endpoints.connectUrl().resolve(path))).doesNotContain(key);
  }

  private void makeSource() throws Exception {
    try (Connection connection = PostgresClient.admin(endpoints);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE dev_source");
    }
    execute(
        """
        CREATE SCHEMA app;
        CREATE TABLE app.person (id bigint PRIMARY KEY, full_name text, phone text, born date,
          doc jsonb, long_text text, kind text);
        CREATE TABLE app.visit (who text, at date);
        INSERT INTO app.person
          SELECT 867530900000 + n, 'Z#Q ' || n, '86753090001' || n, '1907-03-13',
                 '{"a": {"mail": "Z#Q"}}', (SELECT string_agg('Z#Q' || md5(n::text || m), '')
                                              FROM generate_series(1, 200) m), 'kind ' || n
            FROM generate_series(1, 20) n;
        INSERT INTO app.visit VALUES ('Z#Q', '2020-01-01'), ('Z#Q', '2020-01-01'), ('Z#Q 2', NULL);
        """);
  }

  private Printed add(String text) throws IOException {
    Path rules = Files.writeString(folder.resolve("rules.yaml"), text);
    Path password = Files.writeString(folder.resolve("password"), endpoints.postgresPassword());
    return riffle(
        "cdc",
        "add",
        "dev",
        "--url",
        url,
        "--user",
        "riffle",
        "--tables",
        "app.*",
        "--password-file",
        password.toString(),
        "--obfuscate",
        rules.toString());
  }

  private Printed riffle(String... command) {
    return CommandOutput.run(chain.stack().home(), command);
  }

  private void execute(String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                url, endpoints.postgresUser(), endpoints.postgresPassword());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void awaitRows(String what, long count) {
    await(what)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> chain.number("SELECT count(*) FROM " + what) >= count);
  }

  /** Without the offsets, which grow with what is read back, and the row whose key changed. */
  private String rows() throws Exception {
    return chain.text(
        "SELECT string_agg((to_jsonb(p) - 'riffle_offset')::text, '\n' ORDER BY id)"
            + " FROM stg_dev.person p WHERE NOT ("
            + MOVED
            + ")");
  }

  private String visits() throws Exception {
    return chain.text(
        "SELECT string_agg((to_jsonb(v) - 'riffle_offset')::text, '\n' ORDER BY riffle_row)"
            + " FROM stg_dev.visit v");
  }

  /** All closed files of the source as text. */
  private String archived() throws IOException {
    StringBuilder all = new StringBuilder();
    for (var object :
        chain
            .s3()
            .listObjectsV2Paginator(r -> r.bucket(chain.bucket()).prefix(ARCHIVE))
            .contents()) {
      byte[] bytes =
          chain
              .s3()
              .getObjectAsBytes(r -> r.bucket(chain.bucket()).key(object.key()))
              .asByteArray();
      all.append(object.key().endsWith(".gz") ? unzipped(bytes) : text(bytes));
    }
    return all.toString();
  }

  private static String unzipped(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return text(in.readAllBytes());
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
