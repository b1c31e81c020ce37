package io.riffle.producer.scan;

import static io.riffle.producer.scan.ScanSite.FOLDER;
import static io.riffle.producer.scan.ScanSite.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.riffle.config.Settings;
import io.riffle.producer.ledger.Database;
import io.riffle.producer.ledger.UnlistedLedger;
import io.riffle.producer.ledger.UnlistedObject;
import io.riffle.producer.source.FileSources;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestS3;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** What lies under a watched prefix and no manifest lists, on real S3 and Postgres. */
@ExtendWith({PostgresExtension.class, S3Extension.class})
@Tag("full")
@Tag("sources")
final class UnlistedObjectsIT {

  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String KEYS =
      "SELECT s3_key FROM riffle.unlisted_objects ORDER BY s3_key COLLATE \"C\"";

  private final ScanSite site;
  private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();

  UnlistedObjectsIT(TestPostgres server, TestS3 s3) {
    site = new ScanSite(server, s3);
  }

  @BeforeEach
  void open() {
    site.migrate();
    warnings.start();
    logger().addAppender(warnings);
  }

  @AfterEach
  void close() {
    logger().detachAppender(warnings);
    site.close();
  }

  @Test
  void namesWhatNoManifestListsWhereverItLies() {
    put(FOLDER + "pde.csv");
    put(FOLDER + "stray.csv");
    put(FOLDER + "below/deeper.csv");
    site.put(FOLDER + "ManifestList.done", "0_manifest.xml");
    site.put(FOLDER + "marker/", "");
    site.put(FOLDER + "0_manifest.xml", manifest(0, "pde.csv"));
    put("Incoming/beside-the-folders.csv");
    site.put("Incoming/19-JAN-2024/1_manifest.xml", manifest(1, "pde.csv"));
    put("Incoming/19-JAN-2024/pde.csv");
    put("Synthetic/Incoming/2024-01-19T16:16:38Z/synthetic.csv");
    put("Elsewhere/not-watched.csv");

    awaitUnlisted(
        scanner(AT_ONCE),
        "Incoming/19-JAN-2024/1_manifest.xml",
        "Incoming/19-JAN-2024/pde.csv",
        FOLDER + "below/deeper.csv",
        FOLDER + "stray.csv",
        "Incoming/beside-the-folders.csv",
        "Synthetic/Incoming/2024-01-19T16:16:38Z/synthetic.csv");
    assertThat(
            query(
                "SELECT bucket, folder, bytes, last_modified <= now(), noticed_at <= now()"
                    + " FROM riffle.unlisted_objects WHERE s3_key LIKE '%stray.csv'"))
        .containsExactly(site.bucket() + "|" + FOLDER + "|14|t|t");
  }

  @Test
  void aRowGoesWhenAManifestComesAndWhenTheObjectIsGone() {
    put(FOLDER + "late.csv");
    put(FOLDER + "gone.csv");
    put("Incoming/x/alone.csv");
    put("Incoming/loose.csv");
    Scanner scanner = scanner(AT_ONCE);
    awaitUnlisted(
        scanner,
        FOLDER + "gone.csv",
        FOLDER + "late.csv",
        "Incoming/loose.csv",
        "Incoming/x/alone.csv");

    site.put(FOLDER + "0_manifest.xml", manifest(0, "late.csv"));
    scanner.scan();
    assertThat(query(KEYS)).doesNotContain(FOLDER + "late.csv").hasSize(3);

    site.delete(FOLDER + "gone.csv");
    site.delete("Incoming/x/alone.csv");
    site.delete("Incoming/loose.csv");
    scanner.scan();
    assertThat(query(KEYS)).isEmpty();
  }

  /** A scanner that starts finds the rows of the one before. */
  @Test
  void aRowGoesThoughTheScannerThatPutItIsGone() {
    put("Incoming/x/alone.csv");
    awaitUnlisted(scanner(AT_ONCE), "Incoming/x/alone.csv");

    site.delete("Incoming/x/alone.csv");
    scanner(AT_ONCE).scan();

    assertThat(query(KEYS)).isEmpty();
  }

  /** XML cannot hold such a key: the listing was unreadable, and nothing loaded any more. */
  @Test
  void aKeyMayHaveAnyCharacter() {
    put(FOLDER + "st\u001b[31m\nray +%41.csv");

    awaitUnlisted(scanner(AT_ONCE), FOLDER + "st\u001b[31m\nray +%41.csv");
  }

  /** The clock of this machine is days ahead: ages are by the clock of S3. */
  @Test
  void whatHasJustComeIsNoNews() {
    put(FOLDER + "stray.csv");

    scanner(HOUR, Duration.ofDays(10)).scan();
    assertThat(query(KEYS)).isEmpty();

    scanner(Duration.ofMinutes(1), Duration.ofDays(-10)).scan();
    assertThat(query(KEYS)).isEmpty();
    awaitUnlisted(scanner(AT_ONCE, Duration.ofDays(-10)), FOLDER + "stray.csv");
  }

  @Test
  void entriesOfAManifestThatIsRefusedAreNotUnlisted() {
    String good = manifest(0, "a.csv", "b.csv");
    for (String name : List.of("a.csv", "b.csv", "c.csv", "d.csv", "e.csv", "f.csv", "g.csv")) {
      put(FOLDER + name);
    }
    site.put(FOLDER + "0_manifest.xml", good.replace("type=\"PDE\"", "type=\"PDF\""));
    site.put(FOLDER + "1_manifest.xml", manifest(1, "c.csv").replace("</dataSetManifest>", ""));
    site.put(FOLDER + "2_manifest.xml", manifest(2, "d.csv"), Map.of("md5chksum", "bm9uZQ=="));
    site.put(FOLDER + "3_manifest.xml", "<!DOCTYPE x>" + manifest(3, "e.csv"));
    site.put(FOLDER + "4_manifest.xml", manifest(4, "f.csv"));
    site.put(FOLDER + "5_manifest.xml", manifest(5, "f.csv", "g.csv"));

    Scanner scanner = scanner(AT_ONCE);
    awaitUnlisted(scanner, FOLDER + "e.csv");
    assertThat(query("SELECT DISTINCT state FROM riffle.manifests ORDER BY 1"))
        .containsExactly("REJECTED", "TOO_OLD");

    awaitUnlisted(scanner(AT_ONCE), FOLDER + "e.csv");
    site.delete(FOLDER + "1_manifest.xml");
    scanner.scan();
    assertThat(query(KEYS)).containsExactly(FOLDER + "c.csv", FOLDER + "e.csv");
  }

  /** Nobody is told twice, and a flood is told in a few lines. */
  @Test
  void warnsOnceOfEachAndNamesTheFirstOfMany() {
    for (int i = 10; i < 35; i++) {
      put(FOLDER + i + ".csv");
    }
    Scanner scanner = scanner(AT_ONCE);
    await().atMost(Duration.ofSeconds(20)).until(() -> scanned(scanner).size() == 25);
    put(FOLDER + "99.csv");
    await().atMost(Duration.ofSeconds(20)).until(() -> scanned(scanner).size() == 26);
    scanner(AT_ONCE).scan();

    List<String> named = lines("no manifest lists this object");
    assertThat(named).hasSizeBetween(21, 26).doesNotHaveDuplicates();
    assertThat(named.get(0)).startsWith("s3Key=\"" + FOLDER + "10.csv\" bytes=\"14\" lastModified");
    assertThat(named.get(named.size() - 1)).contains(FOLDER + "99.csv");
  }

  @Test
  void countsThoseThatItDoesNotName() {
    UnlistedWarning warning = new UnlistedWarning();
    for (int i = 0; i < 100_000; i++) {
      warning.add(new UnlistedObject("a\nb\u009b", 1, Instant.EPOCH));
    }
    warning.end();
    warning.end();

    assertThat(lines("no manifest lists this object"))
        .hasSize(20)
        .first()
        .isEqualTo("s3Key=\"a?b?\" bytes=\"1\" lastModified=\"1970-01-01T00:00:00Z\"");
    assertThat(lines("no manifest lists these objects"))
        .containsExactly("objects=\"100000\" notNamed=\"99980\"");
  }

  /** Nobody could run a statement on these tables meanwhile. */
  @Test
  @Timeout(30)
  void aScanThatFindsNothingNewAsksTheDatabaseNothing() throws SQLException {
    put(FOLDER + "pde.csv");
    site.put(FOLDER + "0_manifest.xml", manifest(0, "pde.csv"));
    put(FOLDER + "stray.csv"); // the last to be old enough
    Scanner scanner = scanner(AT_ONCE);
    awaitUnlisted(scanner, FOLDER + "stray.csv");

    try (Connection connection = site.postgres().connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE riffle.unlisted_objects, ccw.s3_data_files");
      scanner.scan();
    }
  }

  /** More keys than are looked up at once, in several folders. */
  @Test
  void looksUpManyKeysInTurns() {
    UnlistedLedger ledger = site.unlisted();
    site.put(FOLDER + "0_manifest.xml", manifest(0, "pde.csv"));
    scanner(AT_ONCE).scan();
    List<String> keys = new ArrayList<>(List.of(FOLDER + "pde.csv"));
    for (int i = 0; i < 20_000; i++) {
      keys.add(FOLDER + i);
    }

    assertThat(ledger.unlisted(keys)).hasSize(20_000).doesNotContain(FOLDER + "pde.csv");
    List<UnlistedObject> objects = keys.stream().map(UnlistedObjectsIT::object).toList();
    assertThat(ledger.replace(FOLDER, objects)).hasSize(20_000);
    assertThat(ledger.replace(FOLDER, objects)).isEmpty();
    assertThat(ledger.folders()).containsExactly(FOLDER);
    assertThat(ledger.replace(FOLDER, objects.subList(0, 3)))
        .as("one of the three is listed")
        .isEmpty();
    assertThat(query("SELECT count(*) FROM riffle.unlisted_objects")).containsExactly("2");
  }

  /** An older scanner does not know yet that it is one; both write what they saw. */
  @Test
  void severalScannersDoNotLockEachOtherOut() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 3; writer++) {
        Random random = new Random(writer);
        writers.add(threads.submit(() -> write(random)));
      }
      for (Future<?> writer : writers) {
        writer.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    site.unlisted().replace(FOLDER, List.of());
    assertThat(query(KEYS)).isEmpty();
  }

  private void write(Random random) {
    try (Database own = site.another()) {
      UnlistedLedger ledger = new UnlistedLedger(own, site.bucket());
      for (int round = 0; round < 100; round++) {
        ledger.replace(
            FOLDER,
            random
                .ints(50, 0, 100)
                .distinct()
                .mapToObj(number -> object(FOLDER + number))
                .toList());
      }
    }
  }

  private static UnlistedObject object(String s3Key) {
    return new UnlistedObject(s3Key, 1, Instant.EPOCH);
  }

  private void awaitUnlisted(Scanner scanner, String... keys) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(scanned(scanner)).containsExactly(keys));
  }

  /** Rows after another scan: S3 tells its time in seconds, so an object is not old at once. */
  private List<String> scanned(Scanner scanner) {
    scanner.scan();
    return query(KEYS);
  }

  private Scanner scanner(Duration after) {
    return scanner(after, Duration.ZERO);
  }

  private Scanner scanner(Duration after, Duration ahead) {
    FileSources sources = Settings.of(Map.of()).build(FileSources::from);
    return site.scanner(sources, after, Instant.now().plus(ahead));
  }

  private List<String> lines(String message) {
    return warnings.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .filter(event -> event.getMessage().startsWith(message))
        .map(
            event ->
                String.join(
                    " ",
                    event.getKeyValuePairs().stream()
                        .map(pair -> pair.key + "=\"" + pair.value + "\"")
                        .toList()))
        .toList();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(UnlistedWarning.class);
  }

  private List<String> query(String sql) {
    return site.postgres().rows(sql);
  }

  private void put(String key) {
    site.put(key, "DML_IND|PDE_ID");
  }
}
