package io.riffle.operations.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.cdc.ledger.SourceState;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.TableName;
import io.riffle.operations.cdc.StreamingSource;
import io.riffle.operations.lag.GroupKind;
import io.riffle.operations.lag.GroupLag;
import io.riffle.operations.lag.LagHistory;
import io.riffle.operations.lag.LagReport;
import io.riffle.operations.lag.LagSnapshot;
import io.riffle.operations.lag.PartitionLag;
import io.riffle.operations.lag.TopicLag;
import io.riffle.schemas.topics.Topics;
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

/** What becomes of a captured database's line, from what a real ledger says of it. */
@ExtendWith(PostgresExtension.class)
class CapturedPipelineTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  private static final Topics TOPICS = new Topics("main");
  private static final CapturedTable PERSON =
      new CapturedTable(new TableName("app", "person"), List.of("id"), List.of(), 0);

  private Connection ledger;

  @BeforeEach
  void streams(TestPostgres server) throws SQLException {
    ledger = server.anotherMigrated("ccw").connect();
    StreamingSource.addTo(ledger, PERSON);
  }

  @AfterEach
  void close() throws SQLException {
    ledger.close();
  }

  @Test
  void runsWhileItStreamsAndShowsWhatWaitsOnItsTopics() throws SQLException {
    execute(
        "INSERT INTO riffle.rejects (attempt, type, stage, record, line, rows, at, reason, topic,"
            + " partition, \"offset\") VALUES (0, 'qvp.app.person', 'SINK', 0, 0, 1, 0,"
            + " 'UNDECODABLE', 'main.cdc.qvp.app.person', 0, 5)");

    Pipeline qvp = look(List.of());

    assertThat(qvp.name()).isEqualTo("cdc qvp");
    assertThat(qvp.state()).isEqualTo(PipelineState.RUNNING);
    assertThat(qvp.lag()).as("of its own topics").contains(40L);
    assertThat(qvp.behind()).contains(Duration.ofSeconds(3));
    assertThat(qvp.rejects()).contains(1L);
  }

  @Test
  void isAsItsSourceIs() throws SQLException {
    state(SourceState.GAP);
    assertThat(look(List.of()).state()).isEqualTo(PipelineState.FAILED);
    assertThat(look(List.of()).reasons()).containsExactly("the reason");
    state(SourceState.FAILED);
    assertThat(look(List.of()).state()).as("tried again").isEqualTo(PipelineState.PAUSED);
    state(SourceState.PAUSED);
    assertThat(look(List.of()).state()).isEqualTo(PipelineState.PAUSED);
  }

  @Test
  void isStoppedWithoutTheConnectorThatWritesIt() throws SQLException {
    Pipeline qvp = look(List.of(new Standing(PipelineState.STOPPED, "main-staging is STOPPED")));

    assertThat(qvp.state()).isEqualTo(PipelineState.STOPPED);
    assertThat(qvp.reasons()).containsExactly("main-staging is STOPPED");
  }

  private Pipeline look(List<Standing> sink) throws SQLException {
    LedgerFacts facts = LedgerFacts.read(ledger, TOPICS);
    return new CapturedPipeline(TOPICS)
        .of(facts.sources().get(0), Optional.of(facts.rejectsOf("qvp")), Optional.of(lag()), sink);
  }

  private static LagReport lag() {
    List<TopicLag> topics =
        List.of(topic("main.cdc.qvp.app.person", 40), topic("main.cdc.svp.app.person", 2));
    return new LagHistory()
        .add(
            new LagSnapshot(
                AT,
                List.of(
                    new GroupLag("connect-main-staging", GroupKind.CONNECT, "STABLE", 1, topics))));
  }

  private static TopicLag topic(String name, long lag) {
    return new TopicLag(
        name,
        List.of(
            new PartitionLag(
                0, 0, 0, lag, lag, Optional.of(Duration.ofSeconds(3)), Optional.empty())));
  }

  private void state(SourceState state) throws SQLException {
    Optional<String> reason =
        state == SourceState.GAP ? Optional.of("the reason") : Optional.empty();
    new Sources(ledger).state("qvp", state, reason);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = ledger.createStatement()) {
      statement.execute(sql);
    }
  }
}
