package io.riffle.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sink.offsets.LogFacts;
import io.riffle.sink.write.Database;
import io.riffle.sink.write.OffsetTable;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Configuration, and the connector's own tasks. */
@ExtendWith(PostgresExtension.class)
class RiffleSinkConnectorTest {
  private final TestPostgres postgres;
  private final RiffleSinkConnector connector = new RiffleSinkConnector();

  RiffleSinkConnectorTest(TestPostgres postgres) {
    this.postgres = postgres;
  }

  @Test
  void isFoundByTheWorker() {
    assertThat(ServiceLoader.load(SinkConnector.class))
        .hasAtLeastOneElementOfType(RiffleSinkConnector.class);
  }

  @Test
  void acceptsACompleteConfiguration() {
    Map<String, String> properties = SinkFixture.properties(postgres);
    properties.put("topics", "main.merged.carrier,main.merged.parked, main.rif.rejects");

    assertThat(problems(properties)).isEmpty();
    connector.start(properties);
    properties.put("riffle.task", "2");
    assertThat(connector.taskConfigs(3)).hasSize(3).doesNotHaveDuplicates().contains(properties);
  }

  @Test
  void aTypeThatJoinsAnotherHasNoTopicOfItsOwn() {
    Map<String, String> properties = SinkFixture.properties(postgres);
    properties.put("topics", "main.merged.beneficiary");
    assertThat(problems(properties)).isEmpty();

    properties.put("topics", "main.merged.beneficiary,main.merged.beneficiary_history");
    assertThat(problems(properties)).containsOnlyKeys("topics");
  }

  @Test
  void refusesToStartWithoutReadCommitted() {
    Map<String, String> properties = SinkFixture.properties(postgres);
    properties.remove("consumer.override.isolation.level");

    assertThatThrownBy(() -> connector.start(properties))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("consumer.override.isolation.level: must be read_committed");
    assertThatThrownBy(() -> new RiffleSinkTask().start(properties))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("read_committed");
    properties.put("consumer.override.isolation.level", "read_uncommitted");
    assertThat(problems(properties)).containsOnlyKeys("consumer.override.isolation.level");
  }

  @Test
  void namesEveryProblemAtItsKeyAndNoSecret() {
    Map<String, String> properties = SinkFixture.properties(postgres);
    properties.remove("registry.url");
    properties.remove("kafka.bootstrap.servers");
    properties.put("database.url", "jdbc:mysql://host/db");
    properties.put("tables.schema", "Robert'); DROP");
    properties.put("batch.rows", "many");
    properties.put("batch.agee", "1s");
    properties.put("errors.tolerance", "all");
    properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    properties.put("database.password", "hunter2");

    Map<String, List<String>> problems = problems(properties);

    assertThat(problems)
        .containsOnlyKeys(
            "registry.url",
            "kafka.bootstrap.servers",
            "database.url",
            "tables.schema",
            "batch.rows",
            "batch.agee",
            "errors.tolerance",
            "value.converter");
    assertThat(problems.toString()).doesNotContain("hunter2");
  }

  @Test
  void namesTopicsThatTheSinkDoesNotRead() {
    Map<String, String> properties = SinkFixture.properties(postgres);
    properties.put("topics", "main.merged.carrier,main.rif.carrier,other.merged.carrier");

    assertThat(problems(properties).get("topics"))
        .hasSize(2)
        .anyMatch(text -> text.contains("main.rif.carrier"));
  }

  @Test
  void alteredOffsetsAreStoredAndResetOnesForgotten() {
    try (SinkFixture sink = new SinkFixture(postgres)) {
      OffsetTable offsets = new OffsetTable("main-db-sink");
      UUID id = UUID.randomUUID();
      LogFacts facts = new LogFacts(id, 4, 0, 50);
      SinkConfig config = SinkConfig.from(SinkFixture.properties(sink.postgres));
      try (Database database = new Database(config.database())) {
        TaskLease lease =
            new TaskLease(database, config.leaseParty("offsets"), new MonotonicClock());
        lease.hold();
        RiffleSinkConnector.store(
            database,
            lease,
            offsets,
            List.of(),
            Map.of(SinkFixture.CARRIER_0, 17L, SinkFixture.CARRIER_1, 5L),
            Map.of(SinkFixture.CARRIER_0, facts, SinkFixture.CARRIER_1, facts));
        RiffleSinkConnector.store(
            database, lease, offsets, List.of(SinkFixture.CARRIER_1), Map.of(), Map.of());
      }

      assertThat(sink.row("SELECT partition, next, topic_id FROM riffle.sink_offsets"))
          .isEqualTo("0|17|" + id);
    }
  }

  private Map<String, List<String>> problems(Map<String, String> properties) {
    Map<String, List<String>> problems = new HashMap<>();
    for (ConfigValue value : connector.validate(properties).configValues()) {
      if (!value.errorMessages().isEmpty()) {
        problems.put(value.name(), value.errorMessages());
      }
    }
    return problems;
  }
}
