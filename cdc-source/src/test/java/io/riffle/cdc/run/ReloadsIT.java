package io.riffle.cdc.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.cdc.connector.SourceTopics;
import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.EpochRows;
import io.riffle.cdc.ledger.SnapshotState;
import io.riffle.cdc.ledger.Snapshots;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.ledger.TableSnapshot;
import io.riffle.cdc.rules.SourceRules;
import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.SourceDatabase;
import io.riffle.cdc.source.SourceSpec;
import io.riffle.cdc.source.SourceUrl;
import io.riffle.cdc.source.TableName;
import io.riffle.config.Secret;
import io.riffle.config.Settings;
import io.riffle.testing.InMemoryRegistry;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A reload that cannot be made keeps no other one from its turn, and no keeper from its work. */
@Tag("full")
@Tag("cdc")
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
class ReloadsIT {
  private static final String COPIES =
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE 'COPY%'";

  @TempDir Path secrets;

  private TestPostgres source;
  private CdcConfig config;
  private Connection ledger;
  private SourceDatabase database;
  private Reloads reloads;

  @BeforeEach
  void open(TestPostgres postgres, TestKafka kafka) throws SQLException {
    source = postgres.another();
    source.execute("CREATE SCHEMA app");
    TestPostgres target = postgres.anotherMigrated("ccw");
    ledger = target.connect();
    Map<String, String> settings = new TreeMap<>();
    settings.put("set", "r" + Long.toHexString(System.nanoTime()));
    settings.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    settings.put("registry.url", "http://localhost:1");
    settings.put("database.url", target.jdbcUrl());
    settings.put("database.user", target.username());
    settings.put("database.password", target.password());
    settings.put("connect.url", "http://localhost:1");
    settings.put("cdc.secrets-dir", secrets.toString());
    config = Settings.of(settings).build(CdcConfig::from);
    config.secrets().makeOnce(SourceRules.KEY);
    database =
        new SourceDatabase(
            SourceUrl.parse(source.jdbcUrl()), source.username(), Secret.of(source.password()));
    reloads = new Reloads(config, new InMemoryRegistry(), "__random", "qvp");
  }

  @AfterEach
  void close() throws SQLException {
    reloads.close();
    ledger.close();
  }

  @Test
  void aTableWithAColumnWithoutARuleFailsAndTheNextHasItsTurn() throws Exception {
    source.execute(
        "CREATE TABLE app.first (x text, later text); CREATE TABLE app.second (x text);"
            + " INSERT INTO app.first VALUES ('a', 'Mary'); INSERT INTO app.second VALUES ('b')");
    capture("app.first", "app.second");
    new Sources(ledger)
        .rules(
            "qvp",
            "rules:\n  app.first.x: hash\n  app.second.x: hash\ncolumns:\n  - \"app.first.x\"\n  - \"app.second.x\"\n");

    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              reloads.step(captured(), ledger, database);
              return snapshots().stream()
                  .noneMatch(
                      one ->
                          one.state() == SnapshotState.REQUESTED
                              || one.state() == SnapshotState.RUNNING);
            });

    assertThat(snapshots())
        .extracting(TableSnapshot::state)
        .containsExactly(SnapshotState.FAILED, SnapshotState.DONE);
    assertThat(snapshots().get(0).detail().orElseThrow()).contains("later").doesNotContain("Mary");
  }

  /** A sort of hours would go on, and the next keeper would begin another one. */
  @Test
  void leavesNothingRunningInTheSourceWhenItCloses() throws Exception {
    source.execute("CREATE VIEW app.slow AS SELECT pg_sleep(300)::text AS x");
    capture("app.slow");
    reloads.step(captured(), ledger, database);
    await().atMost(Duration.ofSeconds(60)).until(() -> !source.rows(COPIES).isEmpty());

    reloads.close();

    await().atMost(Duration.ofSeconds(10)).until(() -> source.rows(COPIES).isEmpty());
    assertThat(snapshots()).extracting(TableSnapshot::state).containsExactly(SnapshotState.RUNNING);
  }

  private void capture(String... names) throws SQLException {
    List<TableName> tables = Stream.of(names).map(TableName::parse).toList();
    Sources sources = new Sources(ledger);
    sources.add(
        new SourceSpec(
            "qvp",
            SourceUrl.parse(source.jdbcUrl()),
            source.username(),
            "file:qvp.password",
            tables,
            100,
            Duration.ofHours(1)),
        false,
        "test");
    int epoch = new EpochRows(ledger).begin("qvp");
    List<CapturedTable> captured =
        tables.stream().map(table -> new CapturedTable(table, List.of(), List.of(), 0)).toList();
    new EpochRows(ledger).began("qvp", new CapturedSource.Made("77", 1, 100), captured);
    new SourceTopics(config).create("qvp", captured);
    assertThat(epoch).isOne();
  }

  private CapturedSource captured() throws SQLException {
    return new Sources(ledger).find("qvp").orElseThrow();
  }

  private List<TableSnapshot> snapshots() throws SQLException {
    return new Snapshots(ledger).newest("qvp");
  }
}
