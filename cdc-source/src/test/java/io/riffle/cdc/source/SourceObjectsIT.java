package io.riffle.cdc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is made in a source, and taken away again, beside what others have there. */
@ExtendWith(PostgresExtension.class)
class SourceObjectsIT {
  private static final SourceNames NAMES = new SourceNames("main", "qvp");
  private static final CapturedTable ONE =
      new CapturedTable(new TableName("public", "one"), List.of("id"), List.of(), 0);
  private static final CapturedTable TWO =
      new CapturedTable(new TableName("public", "two"), List.of("id"), List.of(), 0);

  private TestPostgres source;

  @BeforeEach
  void makeTables(TestPostgres postgres) {
    source = postgres.another();
    source.execute("CREATE TABLE one (id int PRIMARY KEY); CREATE TABLE two (id int PRIMARY KEY)");
  }

  @AfterEach
  void dropSlots() {
    source.execute(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database()");
  }

  @Test
  void leavesSlotsOfOtherSourcesAndSetsAlone() throws SQLException {
    List<SourceNames> others =
        List.of(
            new SourceNames("main", "qvp_2"),
            new SourceNames("main_1", "qvp"),
            new SourceNames("main", "dev_qvp"),
            new SourceNames("main_dev", "qvp"));
    try (Connection connection = source.connect()) {
      for (SourceNames other : others) {
        new SourceObjects(connection, other).createSlot(1);
      }
      SourceObjects objects = new SourceObjects(connection, NAMES);
      objects.createSlot(1);
      objects.createSlot(2);
      assertThat(slots()).contains(NAMES.slot(2)).doesNotContain(NAMES.slot(1));

      objects.dropSlots();
    }

    assertThat(slots())
        .containsExactlyInAnyOrderElementsOf(others.stream().map(one -> one.slot(1)).toList());
  }

  @Test
  void publishesWhatIsWantedAndNoLongerWhatIsNot() throws SQLException {
    try (Connection connection = source.connect()) {
      SourceObjects objects = new SourceObjects(connection, NAMES);
      objects.prepare(List.of(ONE));
      objects.prepare(List.of(TWO));
      assertThat(published()).containsExactlyInAnyOrder("two", own("signal"), own("heartbeat"));

      objects.remove();
    }

    assertThat(source.rows("SELECT pubname FROM pg_publication")).isEmpty();
    assertThat(source.rows("SELECT nspname FROM pg_namespace WHERE nspname = 'riffle'")).isEmpty();
  }

  /** A DBA makes schema and publication for a role that owns no table and may create nothing. */
  @Test
  void takesAPublicationThatADbaHasMade() throws SQLException {
    String role = "poor_" + source.database();
    source.execute(
        "CREATE ROLE %1$s LOGIN REPLICATION; CREATE SCHEMA riffle; GRANT USAGE, CREATE ON SCHEMA riffle TO %1$s;"
                .formatted(role)
            + " GRANT SELECT ON one TO %s; CREATE PUBLICATION %s FOR TABLE one WITH (publish_via_partition_root = true);"
                .formatted(role, NAMES.publication())
            + " ALTER PUBLICATION %s OWNER TO %s".formatted(NAMES.publication(), role));

    try (Connection connection = as(role)) {
      Inspection found = SourceCheck.run(connection, NAMES, List.of(ONE.name()));
      assertThat(found.problems()).isEmpty();
      new SourceObjects(connection, NAMES).prepare(found.tables());
    }
    assertThat(published()).containsExactlyInAnyOrder("one", own("signal"), own("heartbeat"));

    try (Connection connection = as(role)) {
      new SourceObjects(connection, NAMES).remove();
    }
    assertThat(source.rows("SELECT nspname FROM pg_namespace WHERE nspname = 'riffle'"))
        .describedAs("the DBA's schema stays")
        .isNotEmpty();
  }

  private Connection as(String role) throws SQLException {
    Connection connection = source.connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE " + role);
    }
    return connection;
  }

  private static String own(String what) {
    return what + "_qvp__main";
  }

  private List<String> slots() {
    return source.rows(
        "SELECT slot_name FROM pg_replication_slots WHERE database = current_database()");
  }

  private List<String> published() {
    return source.rows("SELECT tablename FROM pg_publication_tables");
  }
}
