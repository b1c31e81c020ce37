package io.riffle.operations.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the ledger knows of objects that no manifest lists. */
@ExtendWith(PostgresExtension.class)
class LedgerTest {

  private final TestPostgres postgres;
  private final Ledger ledger;

  LedgerTest(TestPostgres server) {
    postgres = server.anotherMigrated("ccw");
    ledger = new Ledger(postgres.dataSource(), "ccw");
  }

  @BeforeEach
  void create() {
    postgres.execute(
        """
        INSERT INTO riffle.unlisted_objects VALUES
          ('b', 'Incoming/t/x.csv', 'Incoming/t/', 7, '2024-01-19T16:16:38Z', '2024-01-20T00:00:00Z'),
          ('b', 'Incoming/t/below/y.csv', 'Incoming/t/', 8, now(), now()),
          ('b', 'Incoming/u/z.csv', 'Incoming/u/', 9, now(), now()),
          ('b', 'Incoming/loose.csv', 'Incoming/', 10, now(), now());
        """);
  }

  @Test
  void namesTheFirstAndCountsAll() throws SQLException {
    UnlistedObjects unlisted = ledger.unlisted(Optional.empty(), 2);

    assertThat(unlisted.count()).isEqualTo(4);
    assertThat(keys(unlisted)).containsExactly("Incoming/loose.csv", "Incoming/t/below/y.csv");
    assertThat(ledger.unlisted(Optional.empty(), 0).count()).isEqualTo(4);
    assertThat(ledger.unlisted(Optional.of("Incoming/t/x.csv"), 9).first())
        .contains(
            new UnlistedObject(
                "Incoming/t/x.csv",
                7,
                Instant.parse("2024-01-19T16:16:38Z"),
                Instant.parse("2024-01-20T00:00:00Z")));
  }

  @Test
  void showsThoseOfAFolderForWhateverIsInIt() throws SQLException {
    String[] both = {"Incoming/t/below/y.csv", "Incoming/t/x.csv"};
    assertThat(keys("Incoming/t/1_manifest.xml")).containsExactly(both);
    assertThat(keys("Incoming/t/")).containsExactly(both);
    assertThat(keys("Incoming/t/x.csv")).containsExactly(both);
    assertThat(keys("Incoming/u")).contains("Incoming/u/z.csv").doesNotContain(both);
    assertThat(keys("Incoming/")).hasSize(4);
    assertThat(keys("Other/")).isEmpty();
  }

  /** {@code riffle.grant_view} knows the table. */
  @Test
  void whoMaySeeTheLedgerSeesThem() throws SQLException {
    String viewer = "ledger_viewer_" + postgres.database();
    postgres.execute("CREATE ROLE \"%1$s\"; SELECT riffle.grant_view('%1$s')".formatted(viewer));
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE \"" + viewer + "\"");
      ResultSet row = statement.executeQuery("SELECT count(*) FROM riffle.unlisted_objects");
      assertThat(row.next()).isTrue();
      assertThat(row.getInt(1)).isEqualTo(4);
    } finally {
      postgres.execute("DROP OWNED BY \"%1$s\"; DROP ROLE \"%1$s\"".formatted(viewer));
    }
  }

  private List<String> keys(String key) throws SQLException {
    return keys(ledger.unlisted(Optional.of(key), 9));
  }

  private static List<String> keys(UnlistedObjects unlisted) {
    return unlisted.first().stream().map(UnlistedObject::key).toList();
  }
}
