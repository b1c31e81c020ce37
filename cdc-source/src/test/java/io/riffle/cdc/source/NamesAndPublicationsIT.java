package io.riffle.cdc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names that would mix rows up, and publications that would lose changes: refused before. */
@ExtendWith(PostgresExtension.class)
class NamesAndPublicationsIT {
  private static final SourceNames NAMES = new SourceNames("main", "qvp");

  private TestPostgres source;

  @BeforeEach
  void makeDatabase(TestPostgres postgres) {
    source = postgres.another();
  }

  @Test
  void refusesTablesThatWouldShareAStagingTableOrATopic() throws SQLException {
    source.execute(
        "CREATE SCHEMA a; CREATE SCHEMA a_b;"
            + " CREATE TABLE a.\"my table\" (id int PRIMARY KEY); CREATE TABLE a.my_table (id int PRIMARY KEY);"
            + " CREATE TABLE a.\"grüße\" (id int PRIMARY KEY); CREATE TABLE a.\"größe\" (id int PRIMARY KEY);"
            + " CREATE TABLE a.\"dotted.name\" (id int PRIMARY KEY);"
            + " CREATE TABLE a.riffle_x (id int PRIMARY KEY);"
            + " CREATE TABLE a.b_c (id int PRIMARY KEY); CREATE TABLE a_b.c (id int PRIMARY KEY);"
            + " CREATE TABLE a.fine (id int PRIMARY KEY)");

    assertThat(problems("a.*", "a_b.*"))
        .hasSize(6)
        .anyMatch(
            text ->
                text.matches(
                    "a\\.my.table has the name of .*a\\.my.table: both would be .*my_table"))
        .anyMatch(text -> text.matches("a\\.gr..e has the name of .*gr__e"))
        .anyMatch(text -> text.startsWith("a.dotted.name has a dot"))
        .anyMatch(text -> text.startsWith("a.riffle_x has a name"))
        .anyMatch(
            text -> text.contains("a.b_c") && text.contains("a_b.c") && text.contains("topics"));
  }

  @Test
  void refusesTablesWhoseNamesAreNoneOfAvroOrOfSnapshots() throws SQLException {
    source.execute(
        "CREATE TABLE \"my table\" (id int PRIMARY KEY); CREATE TABLE \"1st\" (id int PRIMARY KEY);"
            + " CREATE TABLE \"my list\" (x int); CREATE TABLE \"fine-too\" (id int PRIMARY KEY)");

    assertThat(problems("public.*"))
        .containsExactlyInAnyOrder(
            "public.my table has a blank in its name, which Debezium cannot read in snapshots",
            "public.1st has a name that begins with a digit, as no name in Avro does");
  }

  @Test
  void refusesTablesThatDebeziumCannotTellApart() throws SQLException {
    source.execute(
        "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE \"Users\" (id int PRIMARY KEY)");

    assertThat(problems("public.users"))
        .singleElement()
        .isEqualTo(
            "public.users and public.Users differ in upper and lower case only, which Debezium takes for the same");
  }

  @Test
  void refusesColumnsThatWouldShareAField() throws SQLException {
    source.execute(
        "CREATE TABLE pairs (id int PRIMARY KEY, \"a b\" int, a_b int); CREATE TABLE rows (riffle_row text, x int)");

    assertThat(problems("public.*"))
        .containsExactlyInAnyOrder(
            "public.pairs has columns a b and a_b, which are one field, a_b, in events",
            "public.rows has a column riffle_row: names that begin with riffle_ are kept for Riffle");
  }

  @Test
  void refusesAPublicationThatLosesChanges() throws SQLException {
    source.execute(
        "CREATE TABLE one (id int PRIMARY KEY, x int); CREATE TABLE two (id int PRIMARY KEY, x int)");
    publish("FOR TABLE one WHERE (id > 1), two (id) WITH (publish = 'insert')");

    assertThat(problems("public.*"))
        .allMatch(text -> text.startsWith("publication riffle_qvp__main "))
        .hasSize(4)
        .anyMatch(text -> text.contains("leaves changes out"))
        .anyMatch(text -> text.contains("publish_via_partition_root"))
        .anyMatch(text -> text.contains("row filter for public.one"))
        .anyMatch(text -> text.contains("column list for public.two"));
  }

  /** Tables without a key would be in it: the source would refuse their updates. */
  @Test
  void refusesAPublicationOfMoreThanTheTables() throws SQLException {
    source.execute("CREATE TABLE one (id int PRIMARY KEY)");

    publish("FOR TABLES IN SCHEMA public WITH (publish_via_partition_root = true)");
    assertThat(problems("public.one"))
        .singleElement()
        .asString()
        .contains("is one of whole schemas");

    source.execute("DROP PUBLICATION " + NAMES.publication());
    publish("FOR ALL TABLES WITH (publish_via_partition_root = true)");
    assertThat(problems("public.one")).singleElement().asString().contains("is one of all tables");
  }

  @Test
  void refusesAPublicationThatCannotBeChangedAndIsNotRight() throws SQLException {
    String role = "owner_" + source.database();
    source.execute(
        "CREATE ROLE %1$s LOGIN REPLICATION; GRANT CREATE ON DATABASE \"%2$s\" TO %1$s; GRANT CREATE ON SCHEMA public TO %1$s"
            .formatted(role, source.database()));
    source.execute("CREATE TABLE one (id int PRIMARY KEY); ALTER TABLE one OWNER TO " + role);
    publish("WITH (publish_via_partition_root = true)");

    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE " + role);
      assertThat(check(connection, "public.one").problems())
          .singleElement()
          .asString()
          .contains("belongs to another user")
          .endsWith("OWNER TO \"" + role + "\"");
    }
  }

  /** Amazon's servers give the right to replicate with a role. */
  @Test
  void takesAMemberOfTheRoleThatMayReplicate() throws SQLException {
    String role = "rds_" + source.database();
    source.execute(
        "DO $$ BEGIN CREATE ROLE rds_replication; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
    source.execute(
        "CREATE ROLE %1$s LOGIN; GRANT rds_replication TO %1$s; GRANT CREATE ON DATABASE \"%2$s\" TO %1$s"
            .formatted(role, source.database()));
    source.execute("CREATE TABLE one (id int PRIMARY KEY); ALTER TABLE one OWNER TO " + role);

    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE " + role);
      assertThat(check(connection, "public.one").problems()).isEmpty();
    }
  }

  private void publish(String how) {
    source.execute("CREATE PUBLICATION " + NAMES.publication() + " " + how);
  }

  private List<String> problems(String... tables) throws SQLException {
    try (Connection connection = source.connect()) {
      return check(connection, tables).problems();
    }
  }

  private static Inspection check(Connection connection, String... tables) throws SQLException {
    return SourceCheck.run(connection, NAMES, Arrays.stream(tables).map(TableName::parse).toList());
  }
}
