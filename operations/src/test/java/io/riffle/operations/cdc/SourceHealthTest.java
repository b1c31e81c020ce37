package io.riffle.operations.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffle.cdc.ledger.SlotNote;
import io.riffle.cdc.ledger.SlotNotes;
import io.riffle.cdc.ledger.Snapshots;
import io.riffle.cdc.ledger.SourceState;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.ledger.Wanted;
import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.TableName;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code cdc status} does not say STREAMING, nor exit with 0, where something stands still. */
@ExtendWith(PostgresExtension.class)
class SourceHealthTest {
  private static final CapturedTable PERSON =
      new CapturedTable(new TableName("app", "my person"), List.of("id"), List.of(), 0);

  private Connection ledger;

  @BeforeEach
  void streams(TestPostgres server) throws SQLException {
    ledger = server.anotherMigrated("ccw").connect();
    StreamingSource.addTo(ledger, PERSON);
    execute("UPDATE riffle.cdc_sources SET state_since = now() - interval '1 day'");
    seen(Duration.ofSeconds(5));
  }

  @AfterEach
  void close() throws SQLException {
    ledger.close();
  }

  @Test
  void aSourceThatIsLookedAtAndHasNothingAmissStreams() throws Exception {
    assertThat(state()).isEqualTo("STREAMING");
    assertThat(source().path("behindSeconds").asDouble()).isBetween(7.0, 30.0);
    assertThat(report().isWell()).isTrue();
  }

  @Test
  void oneThatNobodyHasLookedAtIsUnseenAndFallsBehind() throws Exception {
    seen(Duration.ofMinutes(10));

    assertThat(state()).isEqualTo("UNSEEN");
    assertThat(source().path("behindSeconds").asDouble()).isGreaterThan(600);
    assertThat(problem()).contains("has not looked at it for 60").contains("It was STREAMING then");
    assertThat(report().isWell()).isFalse();
  }

  @Test
  void oneThatIsPausedAndUnseenIsNotWell() throws Exception {
    new Sources(ledger).want("qvp", Wanted.PAUSED);
    new Sources(ledger).state("qvp", SourceState.PAUSED, Optional.empty());
    assertThat(report().isWell()).isTrue();

    execute("UPDATE riffle.cdc_sources SET state_since = now() - interval '1 day'");
    seen(Duration.ofMinutes(10));
    assertThat(report().isWell()).isFalse();
  }

  @Test
  void aReasonIsAmissThoughItStreams() throws Exception {
    new Sources(ledger).state("qvp", SourceState.STREAMING, Optional.of("main-staging is PAUSED"));

    assertThat(state()).isEqualTo("DEGRADED");
    assertThat(problem()).isEqualTo("main-staging is PAUSED");
    assertThat(report().isWell()).isFalse();
  }

  @Test
  void aTableThatWasNotReadIsAmiss() throws Exception {
    Snapshots snapshots = new Snapshots(ledger);
    snapshots.request("qvp", PERSON, 1, "test");
    assertThat(report().isWell()).isTrue();

    snapshots.failed(snapshots.newest("qvp").get(0).id(), "Debezium says NO_PRIMARY_KEY");

    assertThat(state()).isEqualTo("DEGRADED");
    assertThat(problem()).isEqualTo("app.my person was not read: Debezium says NO_PRIMARY_KEY");
    assertThat(report().isWell()).isFalse();
  }

  @Test
  void aStagingTableThatIsStoppedIsAmissAndStandsBesideItsTable() throws Exception {
    new Snapshots(ledger).request("qvp", PERSON, 1, "test");
    execute(
        "INSERT INTO riffle.staging_tables (source, table_name, source_schema, topic, inserted, stopped)"
            + " VALUES ('qvp', 'my_person', 'app', 'main.cdc.qvp.app.my_person', 42, 'the key is another one')");

    assertThat(state()).isEqualTo("DEGRADED");
    assertThat(problem()).isEqualTo("my_person is stopped: the key is another one");
    assertThat(source().at("/tables/0/staging/inserted").asInt()).isEqualTo(42);
    assertThat(report().isWell()).isFalse();
  }

  @Test
  void rejectedEventsThatAreOpenAreAmiss() throws Exception {
    new Snapshots(ledger).request("qvp", PERSON, 1, "test");
    execute(
        "INSERT INTO riffle.staging_tables (source, table_name, source_schema, topic, inserted, rejected)"
            + " VALUES ('qvp', 'my_person', 'app', 'main.cdc.qvp.app.my_person', 0, 3)");
    execute(
        "INSERT INTO riffle.rejects (attempt, type, stage, record, line, rows, at, reason, topic, partition, \"offset\")"
            + " SELECT 0, 'qvp.my_person', 'SINK', 0, 0, 1, 0, 'DATA_EXCEPTION', 'main.cdc.qvp.app.my_person', 0, n"
            + " FROM generate_series(1, 3) n");

    assertThat(state()).isEqualTo("DEGRADED");
    assertThat(problem()).isEqualTo("3 events of my_person are rejected: riffle rejects");
    assertThat(source().at("/tables/0/staging/openRejects").asInt()).isEqualTo(3);
    assertThat(report().isWell()).isFalse();

    execute("UPDATE riffle.rejects SET status = 'DISCARDED'");
    assertThat(state()).isEqualTo("STREAMING");
    assertThat(report().isWell()).isTrue();
  }

  private void seen(Duration ago) throws SQLException {
    new SlotNotes(ledger)
        .note(
            "qvp",
            new SlotNote(
                "riffle_qvp__main_1",
                Instant.now().minus(ago),
                true,
                "reserved",
                Optional.of(100L),
                Optional.of(100L),
                100,
                0,
                Optional.empty(),
                Optional.of(2.0)));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = ledger.createStatement()) {
      statement.execute(sql);
    }
  }

  private CdcStatus report() throws SQLException {
    return CdcStatus.read(ledger, Optional.empty());
  }

  private JsonNode source() throws Exception {
    return report().json().at("/sources/0");
  }

  private String state() throws Exception {
    return source().path("state").asText();
  }

  private String problem() throws Exception {
    assertThat(source().path("problems")).hasSize(1);
    return source().at("/problems/0").asText();
  }
}
