package io.riffle.cdc.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.cdc.source.Inspection;
import io.riffle.cdc.source.SourceCheck;
import io.riffle.cdc.source.SourceNames;
import io.riffle.cdc.source.TableName;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sources that cannot be captured: all reasons at once, and nothing is made in them. */
@ExtendWith(PostgresExtension.class)
class RefusedSourceIT {
  private static final SourceNames NAMES = new SourceNames("main", "qvp");

  @Test
  void saysEverythingThatIsInTheWay(TestPostgres postgres) throws SQLException {
    TestPostgres source = postgres.another();
    source.execute(
        "CREATE ROLE poor_"
            + source.database()
            + " LOGIN;"
            + " CREATE SCHEMA a; CREATE SCHEMA b;"
            + " CREATE TABLE a.twin (id int PRIMARY KEY); CREATE TABLE b.twin (id int PRIMARY KEY);"
            + " CREATE UNLOGGED TABLE a.unlogged (id int PRIMARY KEY);"
            + " CREATE TABLE a.nothing (id int PRIMARY KEY); ALTER TABLE a.nothing REPLICA IDENTITY NOTHING;"
            + " CREATE VIEW a.view AS SELECT 1 AS id;"
            + " CREATE TABLE a.hidden (id int PRIMARY KEY); ALTER TABLE a.hidden ENABLE ROW LEVEL SECURITY;"
            + " GRANT USAGE ON SCHEMA a, b TO poor_"
            + source.database()
            + ";"
            + " GRANT SELECT ON a.hidden TO poor_"
            + source.database());

    Inspection found =
        inspect(source, "poor_" + source.database(), "a.*", "b.twin", "a.view", "a.absent", "c.*");

    assertThat(found.problems())
        .anyMatch(text -> text.contains("REPLICATION"))
        .anyMatch(text -> text.contains("GRANT CREATE ON DATABASE"))
        .anyMatch(text -> text.contains("b.twin has the name of another captured table"))
        .anyMatch(text -> text.contains("a.unlogged is unlogged"))
        .anyMatch(text -> text.contains("a.nothing has a replica identity without its key"))
        .anyMatch(text -> text.contains("a.view is no table"))
        .anyMatch(text -> text.contains("a.hidden has row security"))
        .anyMatch(text -> text.contains("a.twin may not be read"))
        .anyMatch(text -> text.contains("a.twin belongs to another user"))
        .contains("there is no table a.absent", "schema c has no tables");
    assertThat(source.rows("SELECT pubname FROM pg_publication")).isEmpty();
    assertThat(source.rows("SELECT nspname FROM pg_namespace WHERE nspname = 'riffle'")).isEmpty();
  }

  @Test
  void findsKeysAndTellsOfTablesWithoutOne(TestPostgres postgres) throws SQLException {
    TestPostgres source = postgres.another();
    source.execute(
        "CREATE TABLE one (b int, a int, PRIMARY KEY (b, a)); CREATE TABLE two (x int NOT NULL, y int);"
            + " CREATE UNIQUE INDEX two_x ON two (x) INCLUDE (y); ALTER TABLE two REPLICA IDENTITY USING INDEX two_x;"
            + " CREATE TABLE three (z text); CREATE TABLE \"Odd-Name\" (id int PRIMARY KEY);"
            + " CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id);"
            + " CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (10)");

    Inspection found = inspect(source, source.username(), "public.*");

    assertThat(found.problems()).isEmpty();
    assertThat(found.tables())
        .extracting(table -> table.name().table() + table.key())
        .containsExactly("Odd-Name[id]", "one[b, a]", "parts[id]", "three[]", "two[x]");
    assertThat(found.warnings())
        .contains("public.three has no key: it is not streamed, but reloaded as a whole")
        .anyMatch(text -> text.startsWith("max_slot_wal_keep_size has no limit"));
  }

  @Test
  void tellsOfColumnsThatDebeziumDoesNotCarry(TestPostgres postgres) throws SQLException {
    TestPostgres source = postgres.another();
    source.execute(
        "CREATE TYPE mood AS ENUM ('sad', 'ok');"
            + " CREATE TABLE odd (id int PRIMARY KEY, prices numeric(9,2)[], days date[], moods mood[], bits varbit,"
            + " grid int[][], spans interval[], stamps timestamptz[],"
            + " shown text GENERATED ALWAYS AS ('n' || id::text) VIRTUAL,"
            + " stored text GENERATED ALWAYS AS ('n' || id::text) STORED);"
            + " CREATE TABLE full_rows (id int PRIMARY KEY, prices numeric[]);"
            + " ALTER TABLE full_rows REPLICA IDENTITY FULL;"
            + " CREATE TABLE fine (id int PRIMARY KEY, a text[], b varchar(9)[], c int[], d bigint[], e uuid[], f bytea[],"
            + " g jsonb, h bit(3), i mood);"
            + " CREATE TABLE keyless (prices numeric[])");

    Inspection found = inspect(source, source.username(), "public.*");

    assertThat(found.problems()).isEmpty();
    assertThat(found.warnings())
        .filteredOn(text -> text.startsWith("public.") && !text.contains("has no key"))
        .extracting(text -> text.split(" is ", 2)[0])
        .containsExactlyInAnyOrder(
            "public.full_rows.prices",
            "public.odd.prices",
            "public.odd.prices",
            "public.odd.grid",
            "public.odd.spans",
            "public.odd.spans",
            "public.odd.stamps",
            "public.odd.stamps",
            "public.odd.days",
            "public.odd.moods",
            "public.odd.moods",
            "public.odd.bits",
            "public.odd.shown",
            "public.odd.stored");
    assertThat(found.warnings())
        .contains(
            "public.full_rows.prices is an array of numeric: one with NaN or Infinity in it comes as null",
            "public.odd.grid is an array of several dimensions: one that has them comes with NULLs in it",
            "public.odd.spans is an array of interval: it is not captured",
            "public.odd.stamps is an array of timestamptz: rows with -infinity in it are rejected");
  }

  private static Inspection inspect(TestPostgres source, String role, String... tables)
      throws SQLException {
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE " + role);
      return SourceCheck.run(
          connection, NAMES, List.of(tables).stream().map(TableName::parse).toList());
    }
  }
}
