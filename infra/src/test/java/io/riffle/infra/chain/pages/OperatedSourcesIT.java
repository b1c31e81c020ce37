package io.riffle.infra.chain.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.infra.chain.Chain;
import io.riffle.infra.chain.Cli;
import io.riffle.infra.sources.SourceDatabase;
import io.riffle.operations.site.Endpoints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A captured database by its page: it streams, is paused, goes on, and is read again. */
@InChromium
class OperatedSourcesIT {
  private static final String SOURCE = "watched";
  private static final String PERSON = "watched.app.person";
  private static final String VISIT = "watched.app.visit";

  @RegisterExtension final People people = new People();
  private final Chain chain = Chain.shared();
  private final Endpoints endpoints = chain.stack().endpoints();
  private final SourceDatabase database = new SourceDatabase(endpoints, SOURCE);
  private final Cli riffle = new Cli(chain.stack().home());
  @TempDir Path folder;

  @BeforeEach
  void capture() throws Exception {
    database.create();
    change(
        "CREATE SCHEMA app; CREATE TABLE app.person (id int PRIMARY KEY, name text);"
            + " CREATE TABLE app.visit (id int PRIMARY KEY, person int);"
            + " INSERT INTO app.person SELECT n, 'Ada' FROM generate_series(1, 30) n;"
            + " INSERT INTO app.visit SELECT n, n FROM generate_series(1, 5) n");
    Path password = Files.writeString(folder.resolve("pw"), endpoints.postgresPassword());
    riffle.run(
        0,
        "cdc",
        "add",
        SOURCE,
        "--url",
        database.jdbcUrl(),
        "--user",
        endpoints.postgresUser(),
        "--password-file",
        password.toString(),
        "--tables",
        "app.*");
  }

  @AfterEach
  void remove() throws SQLException {
    riffle.run("cdc", "remove", SOURCE, "--drop-staging");
    database.drop();
  }

  @Test
  void aSourceIsPausedGoesOnAndIsReadAgain() throws Exception {
    AtConsole odile = people.operator().key("c");
    odile.cell("Tables", PERSON, "Snapshot", "DONE").cell("Tables", VISIT, "Snapshot", "DONE");
    odile.cell("Tables", PERSON, "Staged", "30").cell("Tables", VISIT, "Staged", "5");
    odile.cell("Sources", SOURCE, "State", "STREAMING").cell("Slots", SOURCE, "Active", "yes");
    odile.isFit("cdc");
    assertThat(staged("person")).isEqualTo(30);
    people.viewer().key("c").reads(PERSON).mayOnlyLook();

    pauseAndGoOn(odile);
    readOneTableAgain(odile);
    readAllAgain(odile);

    assertThat(people.unsent("/cdc")).isEmpty();
  }

  private void pauseAndGoOn(AtConsole odile) throws SQLException {
    odile
        .pressIn("Sources", SOURCE, "Pause")
        .told("watched is to pause; its server keeps the log.");
    odile.cell("Sources", SOURCE, "State", "PAUSED").cell("Slots", SOURCE, "Active", "no");
    odile.isFit("cdc-paused");
    assertThat(active()).isZero();
    change("INSERT INTO app.person VALUES (31, 'Bob'); UPDATE app.visit SET person = 9");
    assertThat(staged("person")).isEqualTo(30);

    odile.pressIn("Sources", SOURCE, "Resume").told("watched is to go on.");
    odile.cell("Tables", PERSON, "Staged", "31").cell("Slots", SOURCE, "Active", "yes");

    odile.cell("Sources", SOURCE, "State", "STREAMING");
    assertThat(active()).isEqualTo(1);
    assertThat(staged("person")).isEqualTo(31);
    await("what was changed meanwhile")
        .atMost(Duration.ofMinutes(1))
        .until(() -> chain.number("SELECT min(person) FROM stg_watched.visit") == 9);
    assertThat(odile.noted("CDC_PAUSE", SOURCE)).isEqualTo("PAUSED");
    assertThat(odile.noted("CDC_RESUME", SOURCE)).isEqualTo("RUNNING");
  }

  /** What was deleted from staging by hand is back. */
  private void readOneTableAgain(AtConsole odile) throws SQLException {
    chain.execute("DELETE FROM stg_watched.person WHERE id < 4");
    chain.execute("DELETE FROM stg_watched.visit WHERE id = 1");
    odile.key("c").pressIn("Tables", PERSON, "Snapshot").told("watched: a snapshot is asked for.");

    awaitStaged("person", 31);
    odile.cell("Tables", PERSON, "Snapshot", "DONE").cell("Tables", PERSON, "Rows done", "31");
    assertThat(staged("visit")).as("nobody has asked for that").isEqualTo(4);
    assertThat(odile.noted("CDC_SNAPSHOT", "watched app.person")).isEqualTo("REQUESTED");
  }

  private void readAllAgain(AtConsole odile) throws SQLException {
    odile.key("c").asked();
    odile.pressIn("Sources", SOURCE, "Snapshot all").told("watched: a snapshot is asked for.");

    awaitStaged("visit", 5);
    odile.cell("Tables", VISIT, "Snapshot", "DONE").cell("Tables", PERSON, "Snapshot", "DONE");
    assertThat(odile.asked()).containsExactly("Read all tables of watched again?");
    assertThat(
            chain.text(
                "SELECT string_agg(concat_ws(' ', table_name, state, rows_done, requested_by), ', '"
                    + " ORDER BY table_name, snapshot_id) FROM riffle.cdc_snapshots"
                    + " WHERE source = 'watched' AND requested_by = 'odile'"))
        .isEqualTo("person DONE 31 odile, person DONE 31 odile, visit DONE 5 odile");
  }

  private void awaitStaged(String table, long rows) {
    await(table + " in staging")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(staged(table)).isEqualTo(rows));
  }

  private long staged(String table) throws SQLException {
    return chain.number("SELECT count(*) FROM stg_watched." + table);
  }

  private long active() throws SQLException {
    return chain.number(
        "SELECT count(*) FROM pg_replication_slots WHERE active AND slot_name LIKE '%watched%'");
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
