package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.config.Settings;
import io.riffle.producer.manifest.Md5Check;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.topics.TopicPlan;
import io.riffle.schemas.topics.TopicSetup;
import io.riffle.schemas.topics.Topics;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * A set of its own on the shared servers: topics, bucket, database, and what tests do with them.
 */
final class ProducerStack {

  static final String SCHEMA = "claims";

  private final TestKafka kafka;
  private final TestPostgres postgres;
  private final TestS3 s3;
  private final TestRegistry registry;
  private final Topics topics;
  private final String bucket;

  ProducerStack(TestKafka kafka, TestPostgres postgres, TestS3 s3, TestRegistry registry) {
    this.kafka = kafka;
    this.postgres = postgres.anotherMigrated(SCHEMA);
    this.s3 = s3;
    this.registry = registry;
    this.topics = new Topics(kafka.uniqueName("set").replace("-", "_"));
    this.bucket = s3.freshBucket();
    createTopics();
  }

  Topics topics() {
    return topics;
  }

  TestPostgres postgres() {
    return postgres;
  }

  TestKafka kafka() {
    return kafka;
  }

  TestRegistry registry() {
    return registry;
  }

  /** An instant within the window, the same text every time it is asked for. */
  static String instant(int daysAgo) {
    return Instant.now().truncatedTo(ChronoUnit.DAYS).minus(daysAgo, ChronoUnit.DAYS).toString();
  }

  /** The settings of a process on this stack; {@code more} wins. */
  Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("set", topics.set());
    settings.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    settings.put("kafka.consumer.session.timeout.ms", "6000");
    settings.put("kafka.consumer.heartbeat.interval.ms", "500");
    settings.put("registry.url", registry.url().toString());
    settings.put("s3.endpoint", s3.endpoint().toString());
    settings.put("s3.region", s3.region().id());
    settings.put("s3.bucket", bucket);
    settings.put("s3.access-key", s3.accessKey());
    settings.put("s3.secret-key", s3.secretKey());
    settings.put("database.url", postgres.jdbcUrl());
    settings.put("database.user", postgres.username());
    settings.put("database.password", postgres.password());
    settings.put("tables-schema", SCHEMA);
    settings.put("hash.pepper", "6e6f747468657265616c706570706572"); // nottherealpepper
    settings.put("hash.iterations", "2");
    settings.put("scan.interval", "200ms");
    settings.put("producer.transaction-timeout", "10s");
    settings.putAll(more);
    return settings;
  }

  /** A role that has every right a producer needs, and is no superuser. */
  String role() {
    String role = "producer_of_" + postgres.database();
    execute(
        String.format(
            """
            CREATE ROLE %1$s LOGIN PASSWORD 'none';
            GRANT USAGE ON SCHEMA %2$s, riffle TO %1$s;
            GRANT ALL ON ALL TABLES IN SCHEMA %2$s, riffle TO %1$s;
            GRANT ALL ON ALL SEQUENCES IN SCHEMA %2$s, riffle TO %1$s;
            """,
            role, SCHEMA));
    return role;
  }

  ProducerConfig config(Map<String, String> more) {
    return Settings.of(settings(more)).build(ProducerConfig::from);
  }

  RifProducer start(Map<String, String> more) {
    return RifProducer.start(config(more));
  }

  void put(String key, byte[] content, Map<String, String> metadata) {
    s3.client()
        .putObject(
            request -> request.bucket(bucket).key(key).metadata(metadata),
            RequestBody.fromBytes(content));
  }

  /** Uploads a large object, without a checksum. */
  void put(String key, Path file) {
    s3.client().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file));
  }

  void delete(String key) {
    s3.client().deleteObject(request -> request.bucket(bucket).key(key));
  }

  void put(String key, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    put(key, bytes, Map.of("md5chksum", md5(bytes)));
  }

  /** Uploads a manifest; {@code entries} are pairs of name and type. */
  String putManifest(String instant, int sequence, String... entries) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<dataSetManifest xmlns=\"http://cms.hhs.gov/bluebutton/api/schema/ccw-rif/v10\"")
        .append(" timestamp=\"%s\" sequenceId=\"%d\">%n".formatted(instant, sequence));
    for (int i = 0; i < entries.length; i += 2) {
      xml.append("  <entry name=\"%s\" type=\"%s\"/>%n".formatted(entries[i], entries[i + 1]));
    }
    String key = "Incoming/" + instant + "/" + sequence + "_manifest.xml";
    put(key, xml.append("</dataSetManifest>\n").toString());
    return key;
  }

  /** Closes a file's load as the sink does when every published record is in the tables. */
  void complete(String name) {
    awaitPublished(name);
    String load =
        " FROM riffle.file_attempts a JOIN riffle.files f USING (file_id, attempt)%s WHERE file_name = '"
            + name
            + "' AND closed_at IS NULL";
    execute(
        "INSERT INTO riffle.sink_totals SELECT file_id, attempt, 'merged', 0, 0,"
            + " published_records, 0, 0"
            + load.formatted("")
            + "; INSERT INTO riffle.barriers SELECT file_id, attempt, topic, 0, 1,"
            + " published_records, published_records, 0, 0, 0, 0"
            + load.formatted(", unnest(ARRAY['merged', 'parked', 'rejects']) AS t (topic)")
            + "; SELECT riffle.close_attempt(file_id, attempt)"
            + load.formatted(""));
  }

  static String md5(byte[] content) {
    var digest = Md5Check.digest();
    return Base64.getEncoder().encodeToString(digest.digest(content));
  }

  /** Rows of a query, each as the texts of its columns joined by a bar. */
  List<String> query(String sql) {
    return postgres.rows(sql);
  }

  /** Does the work while nobody else can read or write the table. */
  void whileLocked(String table, Runnable work) {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE " + table);
      work.run();
    } catch (SQLException e) {
      throw new IllegalStateException("the test's own SQL failed", e);
    }
  }

  /** What is on the raw topic of a type. */
  RawTopic raw(String type) {
    return new RawTopic(this, topics.rif(Layouts.load().get(type)));
  }

  /** The keys of the progress topic, in its order. */
  List<String> progressKeys() {
    return kafka.readAll(topics.progress()).stream()
        .map(record -> new String(record.key(), StandardCharsets.UTF_8))
        .toList();
  }

  /** Each PDE record of the attempt is there once, and one barrier on each partition. */
  void requireOnce(int attempt, int records) {
    RawTopic raw = raw("PDE");
    assertThat(raw.data.stream().filter(found -> found.origin().attempt() == attempt))
        .hasSize(records)
        .extracting(found -> found.origin().version())
        .doesNotHaveDuplicates();
    assertThat(raw.barriers.stream().filter(found -> found.value().attempt() == attempt))
        .extracting(RawTopic.Barrier::partition)
        .containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  void execute(String sql) {
    postgres.execute(sql);
  }

  /** State, reason and detail of a file. */
  String file(String name) {
    List<String> rows =
        query(
            "SELECT state, reason, detail FROM riffle.files WHERE file_name = '%s'"
                .formatted(name));
    return rows.isEmpty() ? "" : rows.get(0);
  }

  String manifest(String key) {
    List<String> rows =
        query(
            "SELECT m.state, m.reason, m.detail FROM riffle.manifests m JOIN %s.s3_manifest_files s USING (manifest_id) WHERE s3_key = '%s'"
                .formatted(SCHEMA, key));
    return rows.isEmpty() ? "" : rows.get(0);
  }

  void awaitFile(String name, String start) {
    await(name + " to be " + start)
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> file(name).startsWith(start));
  }

  void awaitManifest(String key, String start) {
    await(key + " to be " + start)
        .atMost(Duration.ofSeconds(20))
        .until(() -> manifest(key).startsWith(start));
  }

  /** Waits until everything of the file is on its raw topic, barriers included. */
  void awaitPublished(String name) {
    await(name + " to be published")
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> published(name).isPresent());
    long file = Long.parseLong(query(fileId(name)).get(0));
    await("barriers of " + name)
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                kafka.readAll(topics.progress()).stream()
                    .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                    .anyMatch(key -> key.startsWith("barriers/" + file + "/")));
  }

  private Optional<String> published(String name) {
    return query(
            "SELECT published_at FROM riffle.file_attempts a JOIN riffle.files f USING (file_id, attempt) WHERE published_at IS NOT NULL AND f.file_name = '%s'"
                .formatted(name))
        .stream()
        .findFirst();
  }

  private static String fileId(String name) {
    return "SELECT file_id FROM riffle.files WHERE file_name = '%s'".formatted(name);
  }

  private void createTopics() {
    long week = Duration.ofDays(7).toMillis();
    try {
      TopicSetup.createMissing(
          kafka.admin(), new TopicPlan(topics, Layouts.load(), (short) 1, week).all());
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("topics not created", e);
    }
  }
}
