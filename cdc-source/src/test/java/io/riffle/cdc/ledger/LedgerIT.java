package io.riffle.cdc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.SourceSpec;
import io.riffle.cdc.source.SourceUrl;
import io.riffle.cdc.source.TableName;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class LedgerIT {
  private static final CapturedTable LOG =
      new CapturedTable(new TableName("app", "log"), List.of(), List.of(), 0);
  private static final CapturedTable PERSON =
      new CapturedTable(new TableName("app", "person"), List.of("id"), List.of(), 0);

  private TestPostgres target;
  private Connection ledger;

  @BeforeEach
  void addSource(TestPostgres server) throws SQLException {
    target = server.anotherMigrated("ccw");
    ledger = target.connect();
    new Sources(ledger).add(spec("app.log", "app.person"), true, "test");
  }

  @AfterEach
  void close() throws SQLException {
    ledger.close();
  }

  /** A reload every 30 s is a million rows a year. */
  @Test
  void keepsTheLastSnapshotsOfEachTable() throws SQLException {
    new EpochRows(ledger).began("qvp", new CapturedSource.Made("77", 1, 100), List.of(LOG, PERSON));
    Snapshots snapshots = new Snapshots(ledger);
    snapshots.request("qvp", PERSON, 1, "test");
    for (int i = 0; i < 30; i++) {
      snapshots.request("qvp", LOG, 1, "interval");
      long id = snapshots.nextReload("qvp").orElseThrow().id();
      snapshots.begin(id, i, 0);
      if (i % 2 == 0) {
        snapshots.done(id, i);
      } else {
        snapshots.failed(id, "test");
      }
    }

    assertThat(
            target.rows(
                "SELECT start_lsn FROM riffle.cdc_snapshots WHERE table_name = 'log' ORDER BY 1 DESC"))
        .hasSize(21)
        .startsWith("29", "28");
    assertThat(snapshots.newest("qvp"))
        .extracting(TableSnapshot::state)
        .containsExactly(SnapshotState.FAILED, SnapshotState.REQUESTED);
  }

  /** A table that is gone since, and was not read before, must not be complained of for ever. */
  @Test
  void tellsOfTablesOfTheEpochAlone() throws SQLException {
    EpochRows epochs = new EpochRows(ledger);
    CapturedSource.Made made = new CapturedSource.Made("77", 1, 100);
    Snapshots snapshots = new Snapshots(ledger);
    epochs.began("qvp", made, List.of(LOG, PERSON));
    snapshots.request("qvp", LOG, 1, "test");
    snapshots.request("qvp", PERSON, 1, "test");
    assertThat(snapshots.newest("qvp")).hasSize(2);

    epochs.began("qvp", made, List.of(PERSON));

    assertThat(snapshots.newest("qvp"))
        .extracting(TableSnapshot::table)
        .containsExactly(PERSON.name());
  }

  @Test
  void theSameTablesInAnotherOrderAreNoNewEpoch() throws SQLException {
    target.execute("UPDATE riffle.cdc_sources SET new_epoch = false");
    Sources sources = new Sources(ledger);

    sources.redeclare(spec("app.person", "app.log"));
    assertThat(sources.find("qvp").orElseThrow().newEpoch()).isFalse();
    sources.redeclare(spec("app.person"));
    assertThat(sources.find("qvp").orElseThrow().newEpoch()).isTrue();
  }

  private static SourceSpec spec(String... tables) {
    return new SourceSpec(
        "qvp",
        SourceUrl.parse("jdbc:postgresql://localhost/qvp"),
        "reader",
        "file:qvp.password",
        Arrays.stream(tables).map(TableName::parse).toList(),
        100,
        Duration.ofHours(1));
  }
}
