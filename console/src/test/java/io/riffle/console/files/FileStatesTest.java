package io.riffle.console.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What pages say of a file's states is what the ledger knows of them. */
@ExtendWith(PostgresExtension.class)
class FileStatesTest {
  private final TestPostgres server;
  private TestPostgres postgres;

  FileStatesTest(TestPostgres server) {
    this.server = server;
  }

  @BeforeEach
  void insertAFileOfEachState() {
    postgres = server.anotherMigrated("ccw");
    postgres.execute(
        """
        INSERT INTO ccw.s3_manifest_files VALUES (1, 'Incoming/t/m.xml', 'STARTED', now(), now(), now());
        INSERT INTO riffle.manifests VALUES
          (1, 'b', 'Incoming/t/', 1, 0, 1, 'hash', 'LOADING', NULL, NULL, now(), now());
        INSERT INTO riffle.files (manifest_id, entry_index, file_name, type, merge, s3_key, state, attempt,
            discovered_at, changed_at)
          SELECT 1, row_number() OVER (), state, 'SNF', false, 'Incoming/t/' || state, state, 0, now(), now()
            FROM (SELECT from_state FROM riffle.file_state_moves UNION SELECT to_state FROM riffle.file_state_moves) s (state);
        """);
  }

  @Test
  void allCanBeSelected() {
    assertThat(FilesPage.STATES).containsAll(postgres.rows("SELECT state FROM riffle.files"));
  }

  @Test
  void buttonsAreThoseOfWhatTheLedgerTakes() {
    assertThat(FileActions.SKIPPABLE)
        .containsExactlyInAnyOrderElementsOf(
            postgres.rows("SELECT state FROM riffle.files f WHERE riffle.skip_refusal(f) IS NULL"));
    assertThat(FileActions.RETRIABLE)
        .containsExactlyInAnyOrderElementsOf(
            postgres.rows(
                "SELECT state FROM riffle.files f WHERE riffle.retry_refusal(f, '{SNF}') IS NULL"));
  }
}
