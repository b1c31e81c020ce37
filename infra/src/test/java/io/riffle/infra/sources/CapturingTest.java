package io.riffle.infra.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.cdc.source.SecretFolder;
import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.SetName;
import io.riffle.operations.site.StackException;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which sources the demo takes for its own. Without cdc-source: nothing happens to them. */
@ExtendWith(PostgresExtension.class)
class CapturingTest {

  private final TestPostgres target;
  private final SourceDatabase database;
  @TempDir Path secrets;
  private Capturing capturing;

  CapturingTest(TestPostgres server) {
    target = server.anotherMigrated("ccw");
    database = new SourceDatabase(endpoints(), "qvp");
  }

  @BeforeEach
  void add() throws SQLException {
    capturing = new Capturing(endpoints(), new SecretFolder(secrets, ""));
    assertThat(capturing.has("qvp", database)).isFalse();
    capturing.add("qvp", database, List.of("users", "partners"), Duration.ofMinutes(1));
  }

  @Test
  void oneThatWasAddedIsThere() throws Exception {
    assertThat(capturing.has("qvp", database)).isTrue();
    assertThat(target.rows("SELECT tables, reload_seconds FROM riffle.cdc_sources"))
        .containsExactly("{public.users,public.partners}|60");
  }

  @Test
  void oneOfAnotherDatabaseIsRefused() {
    assertRefused("url = url || '2'", "there is another source 'qvp'");
  }

  @Test
  void oneWithRulesIsRefused() {
    assertRefused("rules = 'rules: []'", "the source 'qvp' is captured with rules");
  }

  @Test
  void oneThatSomebodyPausedIsRefused() {
    assertRefused("wanted = 'PAUSED', state = 'PAUSED'", "the source 'qvp' is PAUSED");
  }

  @Test
  void oneThatCannotGoOnIsRefused() {
    assertRefused("state = 'GAP', reason = 'SLOT_LOST'", "the source 'qvp' is GAP: SLOT_LOST");
  }

  @Test
  void onlyTablesWithoutAKeyAreReadAgain() throws Exception {
    target.execute(
        "INSERT INTO riffle.cdc_tables VALUES ('qvp', 'public', 'users', '{id}'),"
            + " ('qvp', 'public', 'rates', '{}')");

    capturing.reload("qvp");
    capturing.reload("qvp");

    assertThat(capturing.streamed("qvp")).containsExactly("users");
    assertThat(target.rows("SELECT table_name, kind, state FROM riffle.cdc_snapshots"))
        .containsExactly("rates|RELOAD|REQUESTED");
  }

  private void assertRefused(String change, String text) {
    target.execute("UPDATE riffle.cdc_sources SET " + change);

    assertThatThrownBy(() -> capturing.has("qvp", database))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith(text)
        .hasMessageContaining("riffle cdc list");
  }

  private Endpoints endpoints() {
    URI none = URI.create("http://localhost:1");
    return new Endpoints(
        new SetName("capturing"),
        target.jdbcUrl(),
        target.jdbcUrl(),
        target.username(),
        target.password(),
        "",
        none,
        none,
        "",
        "",
        "",
        "",
        none,
        "test",
        Optional.empty(),
        Map.of());
  }
}
