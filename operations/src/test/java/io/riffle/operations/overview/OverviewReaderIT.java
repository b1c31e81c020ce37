package io.riffle.operations.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.TableName;
import io.riffle.operations.cdc.StreamingSource;
import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.SetName;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is told of pipelines while servers are away that know of them. */
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
class OverviewReaderIT {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9");
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final CapturedTable PERSON =
      new CapturedTable(new TableName("app", "person"), List.of("id"), List.of(), 0);

  private final TestPostgres postgres;
  private final TestPostgres other;
  private final TestKafka kafka;

  OverviewReaderIT(TestPostgres server, TestKafka kafka) {
    this.other = server.another();
    this.postgres = server.anotherMigrated("ccw");
    this.kafka = kafka;
  }

  @Test
  void capturedDatabasesStayWhileTheLedgerIsAway() throws Exception {
    try (Connection ledger = postgres.connect()) {
      StreamingSource.addTo(ledger, PERSON);
    }
    try (OverviewReader reader =
        new OverviewReader(endpoints(kafka.bootstrapServers()), PATIENCE, List::of)) {
      assertThat(reader.look().pipelines())
          .extracting(Pipeline::name)
          .containsExactly("claims", "cdc qvp");
      letNobodyIn();

      Overview overview = reader.look();

      assertThat(overview.pipelines())
          .extracting(Pipeline::name)
          .containsExactly("claims", "cdc qvp");
      assertThat(overview.pipelines())
          .allSatisfy(
              one -> {
                assertThat(one.state()).isNotEqualTo(PipelineState.RUNNING);
                assertThat(one.reasons()).anyMatch(why -> why.contains("the ledger's database"));
                assertThat(one.rejects()).as("not known").isEmpty();
              });
    }
  }

  @Test
  void nothingIsToldOfGroupsThatNobodyCanSee() throws Exception {
    try (OverviewReader reader = new OverviewReader(endpoints("127.0.0.1:9"), PATIENCE, List::of)) {
      Pipeline claims = reader.look().pipelines().get(0);

      assertThat(claims.state()).isEqualTo(PipelineState.FAILED);
      assertThat(claims.reasons())
          .contains("Kafka does not answer")
          .noneMatch(why -> why.contains("members"));
      assertThat(claims.lag()).isEmpty();
    }
  }

  private void letNobodyIn() {
    other.execute(
        "ALTER DATABASE "
            + postgres.database()
            + " ALLOW_CONNECTIONS false; SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = '"
            + postgres.database()
            + "'");
  }

  private Endpoints endpoints(String bootstrapServers) {
    return new Endpoints(
        SetName.MAIN,
        postgres.jdbcUrl(),
        postgres.jdbcUrl(),
        postgres.username(),
        postgres.password(),
        bootstrapServers,
        NOWHERE,
        NOWHERE,
        "us-east-1",
        "key",
        "secret",
        "riffle",
        NOWHERE,
        "test",
        Optional.empty(),
        Map.of());
  }
}
