package io.riffle.producer.scan;

import static io.riffle.producer.scan.ScanSite.FOLDER;
import static io.riffle.producer.scan.ScanSite.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.riffle.config.Settings;
import io.riffle.producer.ccw.CcwSource;
import io.riffle.producer.ledger.FileState;
import io.riffle.producer.ledger.LedgerFile;
import io.riffle.producer.manifest.ManifestKey;
import io.riffle.producer.manifest.ManifestReading;
import io.riffle.producer.source.Feed;
import io.riffle.producer.source.FileSource;
import io.riffle.producer.source.FileSources;
import io.riffle.producer.source.Place;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestS3;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scans while others change the ledger. */
@ExtendWith({PostgresExtension.class, S3Extension.class})
final class ScannerIT {

  private static final Instant NOW = Instant.parse("2024-01-20T00:00:00Z");
  private static final String[] TEN_THOUSAND =
      IntStream.range(0, 10_000).mapToObj(number -> "f" + number).toArray(String[]::new);

  private final ScanSite site;
  private final WatchedSource source = new WatchedSource();

  ScannerIT(TestPostgres server, TestS3 s3) {
    site = new ScanSite(server, s3);
  }

  @BeforeEach
  void upload() {
    site.migrate();
    site.put(FOLDER + "pde.csv", "DML_IND|PDE_ID\n");
    site.put(FOLDER + "0_manifest.xml", manifest(0, "pde.csv"));
  }

  @AfterEach
  void close() {
    site.close();
  }

  /** Nobody looked for its object in this scan, so nobody can say that it is missing. */
  @Test
  void aFileThatIsSetBackWhileAScanListsWaitsForTheNextScan() {
    Scanner scanner = scanner();
    long file = only(scanner.scan()).id();
    setState(file, FileState.REJECTED);

    source.atNextLook = () -> setState(file, FileState.DISCOVERED);
    assertThat(scanner.scan()).isEmpty();

    assertThat(source.atNextLook).as("the scan listed the folder").isNull();
    LedgerFile setBack = only(site.files().unplanned());
    assertThat(setBack.state()).isEqualTo(FileState.DISCOVERED);
    assertThat(setBack.detail()).isEmpty();
    assertThat(only(scanner.scan()).id()).isEqualTo(file);
  }

  /** A statement for each took minutes, in which nothing else was loaded. */
  @Test
  void tenThousandFilesOfAManifestWaitAndAreSetAsideTogether() {
    Scanner scanner = scanner();
    // The database has made its plans for the few that there are until then.
    for (int number = 2; number < 22; number++) {
      site.put(FOLDER + number + "_manifest.xml", manifest(number, "gone" + number));
    }
    scanner.scan();
    assertThat(waiting()).hasSize(20);

    site.put(FOLDER + "1_manifest.xml", manifest(1, TEN_THOUSAND));
    assertThat(quick(scanner::scan)).extracting(LedgerFile::name).containsExactly("pde.csv");
    assertThat(waiting())
        .filteredOn("f0, f1, f2, f3, f4 and 9995 more are missing"::equals)
        .hasSize(10_000);

    site.put(FOLDER + "f0", "x");
    quick(scanner::scan);
    assertThat(waiting())
        .filteredOn("f1, f2, f3, f4, f5 and 9994 more are missing"::equals)
        .hasSize(10_000);

    site.put(FOLDER + "1_manifest.xml", manifest(1, "f0"));
    quick(scanner::scan);
    assertThat(waiting()).as("all but the few are CONFLICT").hasSize(20);
  }

  private static List<LedgerFile> quick(Supplier<List<LedgerFile>> scan) {
    return assertTimeout(Duration.ofSeconds(40), scan::get);
  }

  /** Why files wait. */
  private List<String> waiting() {
    return site.files().unplanned().stream()
        .filter(file -> file.state() == FileState.WAITING)
        .map(file -> file.detail().orElse(""))
        .toList();
  }

  private Scanner scanner() {
    FileSources sources =
        new FileSources(List.of(new Place(source, new Feed("scan.prefix", "Incoming/", 0))));
    return site.scanner(sources, Duration.ofHours(1), NOW);
  }

  private static LedgerFile only(List<LedgerFile> found) {
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private void setState(long file, FileState state) {
    site.postgres().execute("SELECT riffle.change_file_state(%d, '%s')".formatted(file, state));
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
