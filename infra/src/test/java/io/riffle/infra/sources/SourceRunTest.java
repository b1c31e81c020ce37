package io.riffle.infra.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.infra.sources.SourceRun.Result;
import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.SetName;
import io.riffle.operations.site.StackException;
import io.riffle.samples.SampleSource;
import io.riffle.samples.change.ChangeKind;
import io.riffle.samples.change.ChangePlan;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sources of several sets in one server. */
@ExtendWith(PostgresExtension.class)
class SourceRunTest {

  private static final ChangePlan PLAN = ChangePlan.of(1);

  private final TestPostgres postgres;

  SourceRunTest(TestPostgres postgres) {
    this.postgres = postgres;
  }

  @Test
  void aSourceIsMadeFilledAndChanged() throws Exception {
    Result result = new SourceRun(50, 100, PLAN, false).on(set("first"), SampleSource.SVP);

    assertThat(result.database()).isEqualTo("svp_first");
    assertThat(result.jdbcUrl()).endsWith("/svp_first");
    assertThat(result.filled()).containsEntry("invoices", 50L);
    assertThat(result.changed().total()).isPositive();
  }

  @Test
  void oneThatIsThereIsOnlyChanged() throws Exception {
    Endpoints second = set("second");
    new SourceRun(50, 0, PLAN, false).on(second, SampleSource.QVP);

    Result result = new SourceRun(50, 100, PLAN, false).on(second, SampleSource.QVP);

    assertThat(result.filled()).isEmpty();
    assertThat(result.changed().total()).isPositive();
  }

  @Test
  void aResetMakesItAnew() throws Exception {
    Endpoints third = set("third");
    Result first = new SourceRun(50, 100, PLAN, false).on(third, SampleSource.QVP);

    Result again = new SourceRun(50, 100, PLAN, true).on(third, SampleSource.QVP);

    assertThat(again.filled()).isEqualTo(first.filled());
    assertThat(again.changed().changes()).isEqualTo(first.changed().changes());
  }

  @Test
  void aSourceThatIsCapturedIsNotDeleted() throws Exception {
    SourceDatabase source = new SourceDatabase(set("fourth"), "qvp");
    new SourceRun(10, 0, PLAN, false).on(set("fourth"), SampleSource.QVP);
    String slot = "SELECT pg_create_logical_replication_slot('taken', 'pgoutput')";
    try (var connection = source.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(slot);
      assertThatThrownBy(source::drop)
          .isInstanceOf(StackException.class)
          .hasMessageContaining("qvp_fourth is captured (slot taken)");
      statement.execute("SELECT pg_drop_replication_slot('taken')");
    }
  }

  /** One plan serves both sources. */
  @Test
  void onlyTheSourceThatHasTheTableTruncatesIt() throws Exception {
    SourceRun run = new SourceRun(10, 20, PLAN.withTruncate("users"), false);

    Result svp = run.on(set("fifth"), SampleSource.SVP);
    Result qvp = run.on(set("fifth"), SampleSource.QVP);

    assertThat(List.of(svp, qvp))
        .extracting(result -> result.changed().count(ChangeKind.TRUNCATE))
        .containsExactly(0L, 1L);
  }

  private Endpoints set(String set) {
    URI none = URI.create("http://localhost:1");
    String server = "jdbc:postgresql://localhost:" + postgres.port() + "/";
    return new Endpoints(
        new SetName(set),
        server + "none",
        server + "postgres",
        postgres.username(),
        postgres.password(),
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
