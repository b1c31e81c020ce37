package io.riffle.producer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.config.Secret;
import io.riffle.config.Settings;
import io.riffle.producer.ccw.CcwSource;
import io.riffle.producer.ledger.Database;
import io.riffle.producer.ledger.DatabaseConfig;
import io.riffle.producer.ledger.FileLedger;
import io.riffle.producer.ledger.FileState;
import io.riffle.producer.ledger.LedgerFile;
import io.riffle.producer.ledger.ManifestLedger;
import io.riffle.producer.ledger.SyntheticLedger;
import io.riffle.producer.ledger.UnlistedLedger;
import io.riffle.producer.manifest.ManifestKey;
import io.riffle.producer.manifest.ManifestReading;
import io.riffle.producer.s3.ObjectStore;
import io.riffle.producer.s3.S3Config;
import io.riffle.producer.source.Feed;
import io.riffle.producer.source.FileSource;
import io.riffle.producer.source.FileSources;
import io.riffle.producer.source.Place;
import io.riffle.schemas.ddl.Migrations;
import io.riffle.schemas.layout.Layouts;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestS3;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;

/** Scans while others change the ledger. */
@ExtendWith({PostgresExtension.class, S3Extension.class})
final class ScannerIT {

  private static final String FOLDER = "Incoming/2024-01-19T16:16:38Z/";
  private static final Instant NOW = Instant.parse("2024-01-20T00:00:00Z");
  private static final String MANIFEST =
      """
      <dataSetManifest xmlns="http://cms.hhs.gov/bluebutton/api/schema/ccw-rif/v10"
          timestamp="2024-01-19T16:16:38Z" sequenceId="0">
        <entry name="pde.csv" type="PDE"/>
      </dataSetManifest>
      """;

  private final TestS3 s3;
  private final TestPostgres postgres;
  private final String bucket;
  private final ObjectStore store;
  private final DatabaseConfig databaseConfig;
  private final Database database;
  private final FileLedger files;
  private final WatchedSource source = new WatchedSource();

  ScannerIT(TestPostgres server, TestS3 s3) {
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
                true));
    this.databaseConfig =
        new DatabaseConfig(
            postgres.jdbcUrl(),
            postgres.username(),
            Optional.of(Secret.of(postgres.password())),
            "ccw");
    this.database = new Database(databaseConfig);
    this.files = new FileLedger(database, bucket);
  }

  @BeforeEach
  void upload() {
    Migrations.migrate(postgres.dataSource(), "ccw");
    put("pde.csv", "DML_IND|PDE_ID\n");
    put("0_manifest.xml", MANIFEST);
  }

  @AfterEach
  void close() {
    database.close();
    store.close();
  }

  /** Nobody looked for its object in this scan, so nobody can say that it is missing. */
  @Test
  void aFileThatIsSetBackWhileAScanListsWaitsForTheNextScan() {
    try (SyntheticGate gate = gate()) {
      Scanner scanner = scanner(gate);
      long file = only(scanner.scan()).id();
      setState(file, FileState.REJECTED);

      source.atNextLook = () -> setState(file, FileState.DISCOVERED);
      assertThat(scanner.scan()).isEmpty();

      assertThat(source.atNextLook).as("the scan listed the folder").isNull();
      LedgerFile setBack = only(files.unplanned());
      assertThat(setBack.state()).isEqualTo(FileState.DISCOVERED);
      assertThat(setBack.detail()).isEmpty();
      assertThat(only(scanner.scan()).id()).isEqualTo(file);
    }
  }

  private Scanner scanner(SyntheticGate gate) {
    FileSources sources =
        new FileSources(List.of(new Place(source, new Feed("scan.prefix", "Incoming/", 0))));
    ScanConfig config =
        new ScanConfig(
            sources,
            Duration.ofSeconds(1),
            Duration.ofDays(60),
            Optional.empty(),
            Duration.ofHours(1),
            preValidation());
    return new Scanner(
        store,
        config,
        false,
        Layouts.load(),
        new ManifestLedger(database, bucket),
        files,
        new UnlistedLedger(database, bucket),
        gate,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private SyntheticGate gate() {
    return new SyntheticGate(
        preValidation(),
        new SyntheticLedger(database),
        new PreValidation(databaseConfig, preValidation().timeout()));
  }

  private static PreValidationConfig preValidation() {
    return new PreValidationConfig(false, Duration.ofMinutes(1));
  }

  private static LedgerFile only(List<LedgerFile> found) {
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private void setState(long file, FileState state) {
    postgres.execute("SELECT riffle.change_file_state(%d, '%s')".formatted(file, state));
  }

  private void put(String name, String content) {
    s3.client()
        .putObject(
            request -> request.bucket(bucket).key(FOLDER + name), RequestBody.fromString(content));
  }

  /** The CCW's form; something happens when a scan looks at a folder. */
  private static final class WatchedSource implements FileSource {

    private final FileSource ccw = new CcwSource();
    private Runnable atNextLook;

    @Override
    public String name() {
      return ccw.name();
    }

    @Override
    public List<Feed> feeds(Settings settings) {
      return ccw.feeds(settings);
    }

    @Override
    public Optional<ManifestKey> manifestKey(Feed feed, String s3Key) {
      return ccw.manifestKey(feed, s3Key);
    }

    @Override
    public ManifestReading read(ManifestKey key, byte[] content) {
      return ccw.read(key, content);
    }

    @Override
    public boolean isManifestList(String fileName) {
      if (atNextLook != null) {
        Runnable now = atNextLook;
        atNextLook = null;
        now.run();
      }
      return ccw.isManifestList(fileName);
    }
  }
}
