package io.riffle.producer.scan;

import io.riffle.config.Secret;
import io.riffle.producer.ledger.Database;
import io.riffle.producer.ledger.DatabaseConfig;
import io.riffle.producer.ledger.FileLedger;
import io.riffle.producer.ledger.ManifestLedger;
import io.riffle.producer.ledger.SyntheticLedger;
import io.riffle.producer.ledger.TestDatabase;
import io.riffle.producer.ledger.UnlistedLedger;
import io.riffle.producer.s3.ObjectStore;
import io.riffle.producer.s3.S3Config;
import io.riffle.producer.source.FileSources;
import io.riffle.schemas.ddl.Migrations;
import io.riffle.schemas.layout.Layouts;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestS3;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;

/** A bucket and a database of one test, real ones, and scanners over them. */
final class ScanSite implements AutoCloseable {

  static final String FOLDER = "Incoming/2024-01-19T16:16:38Z/";

  private static final PreValidationConfig NO_PRE_VALIDATION =
      new PreValidationConfig(false, Duration.ofMinutes(1));

  private final TestS3 s3;
  private final TestPostgres postgres;
  private final String bucket;
  private final ObjectStore store;
  private final DatabaseConfig databaseConfig;
  private final Database database;
  private final SyntheticGate gate;

  ScanSite(TestPostgres server, TestS3 s3) {
    this.s3 = s3;
    this.postgres = server.another();
    this.bucket = s3.freshBucket();
    this.store =
        ObjectStore.open(
            new S3Config(
                Optional.of(s3.endpoint()),
                s3.region().id(),
                bucket,
                Optional.of(new S3Config.Credentials(s3.accessKey(), Secret.of(s3.secretKey()))),
                true,
                Duration.ofSeconds(30)));
    this.databaseConfig = TestDatabase.config(postgres);
    this.database = new Database(databaseConfig);
    this.gate =
        new SyntheticGate(
            NO_PRE_VALIDATION,
            new SyntheticLedger(database),
            new PreValidation(databaseConfig, NO_PRE_VALIDATION.timeout()));
  }

  void migrate() {
    Migrations.migrate(postgres.dataSource(), "ccw");
  }

  @Override
  public void close() {
    gate.close();
    database.close();
    store.close();
  }

  TestPostgres postgres() {
    return postgres;
  }

  String bucket() {
    return bucket;
  }

  Database another() {
    return new Database(databaseConfig);
  }

  FileLedger files() {
    return new FileLedger(database, bucket);
  }

  UnlistedLedger unlisted() {
    return new UnlistedLedger(database, bucket);
  }

  Scanner scanner(FileSources sources, Duration unlistedAfter, Instant now) {
    ScanConfig config =
        new ScanConfig(
            sources,
            Duration.ofSeconds(1),
            Duration.ofDays(60),
            Optional.empty(),
            unlistedAfter,
            NO_PRE_VALIDATION);
    return new Scanner(
        store,
        config,
        false,
        Layouts.load(),
        new ManifestLedger(database, bucket),
        files(),
        unlisted(),
        gate,
        Clock.fixed(now, ZoneOffset.UTC));
  }

  static String manifest(int sequence, String... names) {
    StringBuilder xml = new StringBuilder();
    xml.append("<dataSetManifest xmlns=\"http://cms.hhs.gov/bluebutton/api/schema/ccw-rif/v10\"")
        .append(" timestamp=\"2024-01-19T16:16:38Z\" sequenceId=\"" + sequence + "\">");
    for (String name : names) {
      xml.append("<entry name=\"" + name + "\" type=\"PDE\"/>");
    }
    return xml.append("</dataSetManifest>").toString();
  }

  void put(String key, String content) {
    put(key, content, Map.of());
  }

  void put(String key, String content, Map<String, String> metadata) {
    s3.client()
        .putObject(
            request -> request.bucket(bucket).key(key).metadata(metadata),
            RequestBody.fromString(content));
  }

  void delete(String key) {
    s3.client().deleteObject(request -> request.bucket(bucket).key(key));
  }
}
