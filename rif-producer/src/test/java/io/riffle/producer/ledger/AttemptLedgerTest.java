package io.riffle.producer.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.schemas.control.Progress.BarriersWritten;
import io.riffle.schemas.control.Progress.Planned;
import io.riffle.schemas.control.Progress.SplitDone;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger of a database that was set back is what the progress topic says. */
@ExtendWith(PostgresExtension.class)
final class AttemptLedgerTest {

  private static final Planned PLANNED =
      new Planned(1, 1, "PDE", 1, 1, 3, 2, 100, Optional.empty(), Optional.of("tag"));
  private static final SplitDone SPLIT = new SplitDone(1, 1, 0, 2, 0, 2, 0, List.of(2L));
  private static final BarriersWritten BARRIERS = new BarriersWritten(1, 1, 2, 0, 2, 0);
  private static final String STATE =
      "SELECT state || '|' || published_records || '|' || (closed_at IS NOT NULL)"
          + " FROM riffle.files JOIN riffle.file_attempts USING (file_id, attempt)";

  private static final String WAITING_FOR_LOCKS =
      "SELECT count(*) FROM pg_stat_activity"
          + " WHERE datname = current_database() AND wait_event_type = 'Lock'";

  private final TestPostgres postgres;
  private final Database database;
  private final AttemptLedger attempts;

  AttemptLedgerTest(TestPostgres server) {
    postgres = server.anotherMigrated("ccw");
    database = new Database(TestDatabase.config(postgres));
    attempts = new AttemptLedger(database);
  }

  @BeforeEach
  void create() {
    postgres.execute(
        """
        INSERT INTO ccw.s3_manifest_files VALUES (1, 'm', 'DISCOVERED', now(), now(), now());
        INSERT INTO riffle.manifests VALUES
          (1, 'b', 'f', 1, 0, 1, 'hash', 'DISCOVERED', NULL, NULL, now(), now());
        INSERT INTO riffle.files (manifest_id, entry_index, file_name, type, merge, s3_key, state,
            discovered_at, changed_at)
          VALUES (1, 0, 'f', 'PDE', false, 'o', 'DISCOVERED', now(), now());
        """);
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** As when the backup is of a time when nobody had asked for the file yet. */
  @ParameterizedTest
  @ValueSource(strings = {"WAITING", "TOO_OLD", "FUTURE", "SKIPPED", "REJECTED"})
  void aFileThatWasNotToBeLoadedYetIsLoaded(String state) {
    postgres.execute("UPDATE riffle.files SET reason = 'ANY', state = '" + state + "'");

    attempts.mirror(List.of(PLANNED, SPLIT, BARRIERS));

    assertThat(value(STATE)).isEqualTo("LOADING|2|false");
  }

  /** The worker was faster than the mirror; that is no order of somebody's to load it. */
  @Test
  void aFileWhoseObjectAWorkerFoundChangedStaysRejected() {
    postgres.execute("UPDATE riffle.files SET state = 'REJECTED', reason = 'OBJECT_CHANGED'");

    attempts.mirror(List.of(PLANNED));

    assertThat(value("SELECT state FROM riffle.files")).isEqualTo("REJECTED");
  }

  /** Else the object that was read counts as another one when the file is read again. */
  @Test
  void theObjectThatWasReadIsKnownAgain() {
    attempts.mirror(List.of(PLANNED));

    assertThat(value("SELECT etag || '|' || bytes FROM riffle.files")).isEqualTo("tag|100");
  }

  @Test
  void sumsComeBackFromTheTopic() {
    attempts.mirror(List.of(PLANNED, SPLIT, BARRIERS));

    assertThat(value(STATE)).isEqualTo("LOADING|2|false");
  }

  @Test
  void aLoadWhoseBarriersTheSinkSawBeforeTheSumsCameBackIsClosed() {
    postgres.execute(
        """
        INSERT INTO riffle.sink_totals VALUES (1, 1, 'merged', 0, 2, 2, 0, 0);
        INSERT INTO riffle.barriers
          SELECT 1, 1, topic, 0, 1, 2, 2, 0, 0, 0, 0
          FROM unnest(ARRAY['merged', 'parked', 'rejects']) AS t (topic);
        """);

    attempts.mirror(List.of(PLANNED, SPLIT, BARRIERS));
    attempts.mirror(List.of(PLANNED, SPLIT, BARRIERS));

    assertThat(value(STATE)).isEqualTo("COMPLETED|2|true");
  }

  /** The sink locks a file, then its attempt; whoever took them the other way would meet it. */
  @Test
  void waitsForTheSinkThatClosesTheFile() throws Exception {
    attempts.mirror(List.of(PLANNED));
    try (Connection sink = postgres.connect();
        Statement statement = sink.createStatement()) {
      sink.setAutoCommit(false);
      statement.execute("SELECT FROM riffle.files WHERE file_id = 1 FOR UPDATE");
      CompletableFuture<Void> mirrored =
          CompletableFuture.runAsync(() -> attempts.mirror(List.of(SPLIT)));
      await().until(() -> value(WAITING_FOR_LOCKS).equals("1"));
      statement.execute("UPDATE riffle.file_attempts SET loaded_file_id = 7 WHERE file_id = 1");
      sink.commit();
      mirrored.get(10, TimeUnit.SECONDS);
    }

    assertThat(value("SELECT state FROM riffle.files")).isEqualTo("LOADING");
    assertThat(value("SELECT loaded_file_id FROM riffle.file_attempts")).isEqualTo("7");
  }

  private String value(String sql) {
    return postgres.rows(sql).get(0);
  }
}
