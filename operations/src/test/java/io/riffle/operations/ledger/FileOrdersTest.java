package io.riffle.operations.ledger;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** What operators may skip and take up again, file by file and set by set. */
@ExtendWith(PostgresExtension.class)
class FileOrdersTest {
  private static final String SET = "Incoming/2026-11-20T10:00:00Z/";
  private static final String MANIFEST = SET + "0_manifest.xml";
  private static final List<String> TYPES = List.of("PDE");
  private static final SkipReason WHY =
      SkipReason.of("the sender lost it, ticket 12").orElseThrow();
  private static final String BLOCKED =
      "SELECT count(*) FROM pg_stat_activity"
          + " WHERE datname = current_database() AND wait_event_type = 'Lock'";

  private final TestPostgres postgres;
  private final FileOrders orders;

  FileOrdersTest(TestPostgres server) {
    postgres = server.anotherMigrated("ccw");
    orders = new FileOrders(postgres.dataSource(), "ccw");
  }

  /** A file of each state, named by it; what was published of them fits. */
  @BeforeEach
  void create() {
    postgres.execute(
        """
        INSERT INTO ccw.s3_manifest_files VALUES (1, '%1$s', 'STARTED', now(), now(), now());
        INSERT INTO riffle.manifests VALUES (1, 'b', '%2$s', 1, 0, 0, 'hash', 'LOADING', NULL, NULL, now(), now());
        INSERT INTO riffle.files (manifest_id, entry_index, file_name, type, merge, s3_key, state, attempt,
            discovered_at, changed_at)
          SELECT 1, n, state, 'PDE', false, '%2$s' || state, state,
                 CASE WHEN state LIKE 'COMPLETED%%' OR state IN ('PLANNED', 'LOADING') THEN 1 ELSE 0 END, now(), now()
            FROM unnest(ARRAY['DISCOVERED', 'WAITING', 'PLANNED', 'LOADING', 'COMPLETED', 'COMPLETED_WITH_REJECTS',
              'REJECTED', 'CONFLICT', 'TOO_OLD', 'FUTURE', 'SKIPPED']) WITH ORDINALITY AS u (state, n);
        INSERT INTO ccw.s3_data_files (manifest_id, index, file_name, file_type, s3_key, status, discovery_timestamp)
          SELECT 1, entry_index, file_name, type, s3_key, 'DISCOVERED', now() FROM riffle.files;
        """
            .formatted(MANIFEST, SET));
  }

  @Test
  void skipsWhatNobodyPublishedAndSaysWhyNotTheRest() throws SQLException {
    Ordered ordered = orders.skip(MANIFEST, WHY, false);

    assertThat(ordered.done())
        .extracting(Ordered.Each::was)
        .containsExactlyInAnyOrder(
            "DISCOVERED", "WAITING", "FUTURE", "TOO_OLD", "REJECTED", "CONFLICT");
    assertThat(refusals(ordered))
        .containsOnlyKeys("SKIPPED", "PLANNED", "LOADING", "COMPLETED", "COMPLETED_WITH_REJECTS")
        .hasEntrySatisfying("COMPLETED", why -> assertThat(why).contains("replay"))
        .hasEntrySatisfying("COMPLETED_WITH_REJECTS", why -> assertThat(why).contains("redrive"))
        .hasEntrySatisfying("LOADING", why -> assertThat(why).contains("wait for its end"));
    assertThat(ordered.isAll()).isFalse();
    assertThat(ordered.after(FileOrder.SKIP)).isEqualTo("6 SKIPPED, 5 refused");
    assertThat(
            postgres.rows(
                "SELECT DISTINCT reason, detail FROM riffle.files WHERE state = 'SKIPPED'"
                    + " AND file_name <> 'SKIPPED'"))
        .containsExactly("BY_OPERATOR|the sender lost it, ticket 12");
  }

  @Test
  void takesUpWhatWasSkippedOrRejectedAndSaysWhyNotTheRest() throws SQLException {
    Ordered ordered = orders.retry(SET, TYPES, false);

    assertThat(ordered.done())
        .extracting(Ordered.Each::was)
        .containsExactlyInAnyOrder("SKIPPED", "REJECTED");
    assertThat(refusals(ordered))
        .hasEntrySatisfying("COMPLETED", why -> assertThat(why).contains("reingest"))
        .hasEntrySatisfying("CONFLICT", why -> assertThat(why).contains("a new one is needed"))
        .hasEntrySatisfying("TOO_OLD", why -> assertThat(why).contains("riffle load"))
        .hasEntrySatisfying("WAITING", why -> assertThat(why).contains("by itself"));
    assertThat(state("REJECTED")).isEqualTo("DISCOVERED|null|null");
    assertThat(state("SKIPPED")).isEqualTo("DISCOVERED|null|null");
  }

  @Test
  void neitherIsForAFileOfWhichRecordsMayBeOnTopics() throws SQLException {
    postgres.execute(
        """
        INSERT INTO riffle.file_attempts (file_id, attempt, planned_at)
          SELECT file_id, 1, now() FROM riffle.files WHERE file_name = 'REJECTED';
        UPDATE riffle.files SET attempt = 1 WHERE file_name = 'DISCOVERED';
        UPDATE riffle.files SET planning = true WHERE file_name = 'WAITING';
        """);

    assertThat(why(orders.retry(SET + "REJECTED", TYPES, false))).contains("reingest");
    assertThat(why(orders.skip(SET + "REJECTED", WHY, false))).contains("loaded before");
    assertThat(why(orders.skip(SET + "DISCOVERED", WHY, false))).contains("loaded before");
    assertThat(why(orders.skip(SET + "WAITING", WHY, false))).contains("being planned");
  }

  @Test
  void aTypeWithoutLayoutIsNotTakenUp() throws SQLException {
    assertThat(why(orders.retry(SET + "SKIPPED", List.of("SNF"), false)))
        .isEqualTo("there is no layout for PDE");
  }

  /** Else skipping would be a way round the conflict. */
  @Test
  void aFileOfAManifestThatChangedIsNotTakenUp() throws SQLException {
    postgres.execute("UPDATE riffle.manifests SET object_changed = true");
    assertThat(orders.skip(SET + "CONFLICT", WHY, false).isAll()).isTrue();

    assertThat(why(orders.retry(SET + "CONFLICT", TYPES, false))).contains("a new one is needed");
  }

  @Test
  void aDryRunChangesNothing() throws SQLException {
    Ordered ordered = orders.skip(SET + "WAITING", WHY, true);

    assertThat(ordered.isAll()).isTrue();
    assertThat(state("WAITING")).isEqualTo("WAITING|null|null");
  }

  /** A typing mistake must not skip a year. */
  @Test
  void aKeyIsThatOfAFileAManifestOrADataSet() throws SQLException {
    assertThat(orders.skip("Incoming/", WHY, true).files()).isEmpty();
    assertThat(orders.skip("Incoming/2026-11", WHY, true).files()).isEmpty();
    assertThat(orders.skip(SET, WHY, true).files()).hasSize(11);
    assertThat(orders.skip(SET.substring(0, SET.length() - 1), WHY, true).files()).hasSize(11);
    assertThat(orders.skip(SET + "FUTURE", WHY, true).files()).hasSize(1);
  }

  @Test
  void aManifestThatWasRefusedHasNothingToSkip() throws SQLException {
    postgres.execute(
        """
        INSERT INTO ccw.s3_manifest_files VALUES (2, 'Incoming/x/9_manifest.xml', 'REJECTED', now(), now(), now());
        INSERT INTO riffle.manifests VALUES (2, 'b', 'Incoming/x/', 2, 0, 9, 'hash', 'REJECTED', 'MANIFEST_SYNTAX', 'x', now(), now());
        """);

    assertThat(why(orders.skip("Incoming/x", WHY, false))).contains("has no files");
  }

  @Test
  void whenAllAreSkippedTheManifestIsSettledAndItsVersionFree() throws SQLException {
    postgres.execute("DELETE FROM riffle.files WHERE state NOT IN ('WAITING', 'REJECTED')");
    orders.skip(MANIFEST, WHY, false);
    assertThat(postgres.rows("SELECT state FROM riffle.manifests")).containsExactly("SKIPPED");
    assertThat(postgres.rows("SELECT status FROM ccw.s3_manifest_files"))
        .containsExactly("COMPLETED");
    postgres.execute(
        """
        INSERT INTO ccw.s3_manifest_files VALUES (2, 'other', 'DISCOVERED', now(), now(), now());
        INSERT INTO riffle.manifests VALUES (2, 'b', 'o/', 1, 0, 0, 'hash', 'DISCOVERED', NULL, NULL, now(), now());
        """);

    Ordered ordered = orders.retry(MANIFEST, TYPES, false);

    assertThat(ordered.done()).isEmpty();
    assertThat(ordered.refused())
        .extracting(each -> each.refusal().orElseThrow())
        .containsOnly("another manifest has the version of its manifest");
    assertThat(postgres.rows("SELECT DISTINCT state FROM riffle.files")).containsExactly("SKIPPED");
  }

  /** Its ids were free when it was checked; another set may have them since. */
  @Test
  void aSyntheticSetThatIsTakenUpIsCheckedAnew() throws SQLException {
    postgres.execute(
        """
        DELETE FROM riffle.files WHERE state <> 'REJECTED';
        INSERT INTO riffle.synthetic_sets (manifest_id, claims_ids, outcome) VALUES (1, true, 'PASSED');
        UPDATE riffle.manifests SET reason = 'PRE_VALIDATION', detail = 'in use';
        """);

    orders.retry(MANIFEST, TYPES, false);

    assertThat(postgres.rows("SELECT outcome FROM riffle.synthetic_sets")).containsExactly("null");
    assertThat(postgres.rows("SELECT state, reason, detail FROM riffle.manifests"))
        .containsExactly("DISCOVERED|null|null");
  }

  @Test
  void ofTwoOperatorsAtOnceOneIsTold() throws Exception {
    try (Connection first = postgres.connect();
        Statement statement = first.createStatement()) {
      first.setAutoCommit(false);
      statement.execute(
          "SELECT riffle.skip_files(array_agg(file_id), 'mine') FROM riffle.files"
              + " WHERE state IN ('WAITING', 'FUTURE')");
      CompletableFuture<Ordered> second =
          CompletableFuture.supplyAsync(() -> skip(SET + "WAITING"));
      await().until(() -> postgres.rows(BLOCKED).equals(List.of("1")));
      first.commit();

      assertThat(why(second.get(10, TimeUnit.SECONDS))).isEqualTo("it is SKIPPED already");
    }
    assertThat(state("WAITING")).isEqualTo("SKIPPED|BY_OPERATOR|mine");
  }

  private Ordered skip(String key) {
    try {
      return orders.skip(key, WHY, false);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoMayOnlySeeMayNotSkip() {
    String viewer = "order_viewer_" + postgres.database();
    postgres.execute(
        "CREATE ROLE \"%1$s\" LOGIN; SELECT riffle.grant_view('%1$s');".formatted(viewer)
            + "GRANT USAGE ON SCHEMA ccw TO \"%1$s\"; GRANT SELECT ON ALL TABLES IN SCHEMA ccw TO \"%1$s\""
                .formatted(viewer));
    try {
      PGSimpleDataSource as = new PGSimpleDataSource();
      as.setUrl(postgres.jdbcUrl());
      as.setUser(viewer);
      FileOrders own = new FileOrders(as, "ccw");

      assertThatThrownBy(() -> own.skip(SET + "WAITING", WHY, false))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    } finally {
      postgres.execute("DROP OWNED BY \"%1$s\"; DROP ROLE \"%1$s\"".formatted(viewer));
    }
  }

  @Test
  void aReasonIsOneLineOfBoundedLength() {
    assertThat(SkipReason.of(" lost\n\tby \u202e the\0 sender ").orElseThrow().text())
        .isEqualTo("lost by the sender");
    assertThat(SkipReason.of(" \n\u200b")).isEmpty();
    assertThat(SkipReason.of("x".repeat(500))).isPresent();
    assertThat(SkipReason.of("x".repeat(501))).isEmpty();
    assertThatThrownBy(() -> postgres.execute("SELECT riffle.skip_files('{1}', ' ')"))
        .hasStackTraceContaining("1 to 500 characters");
  }

  private static Map<String, String> refusals(Ordered ordered) {
    return ordered.refused().stream()
        .collect(toMap(Ordered.Each::was, each -> each.refusal().orElseThrow()));
  }

  private static String why(Ordered ordered) {
    assertThat(ordered.files()).hasSize(1);
    return Optional.of(ordered.files().get(0)).flatMap(Ordered.Each::refusal).orElse("done");
  }

  private String state(String name) {
    return postgres
        .rows(
            "SELECT state, reason, detail FROM riffle.files WHERE file_name = '%s'".formatted(name))
        .get(0);
  }
}
