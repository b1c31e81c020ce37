package io.riffle.cdc.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.EpochRows;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.ledger.TableNotes;
import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.Relations;
import io.riffle.cdc.source.SourceNames;
import io.riffle.cdc.source.SourceObjects;
import io.riffle.cdc.source.SourceSpec;
import io.riffle.cdc.source.SourceUrl;
import io.riffle.cdc.source.TableName;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tables that are not what was captured are told by name, until they are read again. */
@ExtendWith(PostgresExtension.class)
class TableWatchIT {
  private static final SourceNames NAMES = new SourceNames("main", "qvp");
  private static final TableName ITEM = new TableName("app", "item");

  private TestPostgres source;
  private Connection database;
  private Connection ledger;
  private TableWatch watch;

  @BeforeEach
  void capture(TestPostgres postgres) throws SQLException {
    source = postgres.another();
    source.execute(
        "CREATE SCHEMA app; CREATE TABLE app.item (id int PRIMARY KEY);"
            + " CREATE TABLE app.other (id int PRIMARY KEY); CREATE TABLE app.log (what text)");
    List<CapturedTable> tables = List.of(table("item", "id"), table("other", "id"), table("log"));
    database = source.connect();
    new SourceObjects(database, NAMES).prepare(tables);
    ledger = postgres.anotherMigrated("ccw").connect();
    new Sources(ledger)
        .add(
            new SourceSpec(
                "qvp",
                SourceUrl.parse("jdbc:postgresql://localhost/qvp"),
                "reader",
                "file:qvp.password",
                List.of(TableName.parse("app.*")),
                100,
                Duration.ofHours(1)),
            false,
            "test");
    new EpochRows(ledger).began("qvp", new CapturedSource.Made("77", 1, 100), tables);
    watch = new TableWatch(ledger, NAMES);
    assertThat(look()).isEmpty();
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
    ledger.close();
  }

  @Test
  void whatIsAsItWasIsNotToldOf() throws SQLException {
    source.execute(
        "TRUNCATE app.item; ALTER TABLE app.item ADD COLUMN name text; ALTER TABLE app.item ALTER id TYPE bigint;"
            + " DROP TABLE app.log; CREATE TABLE app.log (what text)");
    source.execute("VACUUM FULL app.item");
    assertThat(look()).isEmpty();
  }

  @Test
  void tellsOfATableThatWasDropped() throws SQLException {
    source.execute("DROP TABLE app.item");
    assertThat(look())
        .containsExactly(
            "app.item was dropped, or renamed: nothing of it is captured,"
                + " riffle cdc snapshot qvp --new-epoch takes the tables that there are");
  }

  @Test
  void tellsOfATableThatWasMadeAgainUntilItIsReadAgain() throws SQLException {
    source.execute("DROP TABLE app.item; CREATE TABLE app.item (id int PRIMARY KEY)");
    assertThat(look())
        .containsExactly(
            "app.item is another table than the one that was captured: its changes are lost,"
                + " riffle cdc snapshot qvp --new-epoch takes the tables that there are");

    source.execute("ALTER PUBLICATION riffle_qvp__main ADD TABLE app.item");
    assertThat(look())
        .containsExactly(
            "app.item is another table than the one that was captured: its changes are lost,"
                + " riffle cdc snapshot qvp app.item reads it again");

    read();
    assertThat(look()).isEmpty();
  }

  @Test
  void tellsOfATableThatWasRenamedAndOfOneThatIsBack() throws SQLException {
    source.execute("ALTER TABLE app.item RENAME TO away");
    assertThat(look())
        .containsExactly(
            "app.item was renamed to app.away: nothing of it is captured,"
                + " riffle cdc snapshot qvp --new-epoch takes the tables that there are");

    source.execute("ALTER TABLE app.away RENAME TO item");
    watch = new TableWatch(ledger, NAMES);
    assertThat(look())
        .containsExactly(
            "app.item was renamed to app.away, and is as it was again: changes of it may be missing,"
                + " riffle cdc snapshot qvp app.item");

    read();
    assertThat(look()).isEmpty();
  }

  @Test
  void tellsOfATableThatIsNotPublished() throws SQLException {
    source.execute("ALTER PUBLICATION riffle_qvp__main DROP TABLE app.item");
    assertThat(look())
        .containsExactly(
            "app.item is not in publication riffle_qvp__main: its changes are lost,"
                + " riffle cdc snapshot qvp --new-epoch takes the tables that there are");
  }

  /** As a snapshot does at its begin. */
  private void read() throws SQLException {
    Relations.Found now =
        new Relations(database, NAMES)
            .find(List.of(new Relations.Wanted(ITEM, Optional.empty())))
            .get(0);
    assertThat(now.published()).isTrue();
    new TableNotes(ledger).read("qvp", ITEM, now.relation().orElseThrow());
  }

  private List<String> look() throws SQLException {
    watch.look(database);
    return watch.texts();
  }

  private static CapturedTable table(String name, String... key) {
    return new CapturedTable(new TableName("app", name), List.of(key), List.of(), 0);
  }
}
