package io.riffle.cdc.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.SourceState;
import io.riffle.cdc.ledger.Wanted;
import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.SourceSpec;
import io.riffle.cdc.source.SourceUrl;
import io.riffle.cdc.source.TableName;
import io.riffle.config.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceConnectorTest {
  private static final CdcConfig CONFIG =
      Settings.of(
              Map.of(
                  "kafka.bootstrap-servers", "kafka:9092",
                  "registry.url", "http://registry:8081/apis/ccompat/v7",
                  "database.url", "jdbc:postgresql://db/riffle",
                  "database.user", "riffle",
                  "database.password", "targets-secret",
                  "connect.url", "http://connect:8083",
                  "cdc.secrets-dir", "/etc/riffle/secrets"))
          .build(CdcConfig::from);

  private static final List<CapturedTable> TABLES =
      List.of(
          new CapturedTable(new TableName("app", "person"), List.of("id"), List.of("full name"), 0),
          new CapturedTable(new TableName("app", "log"), List.of(), List.of(), 0));

  /** Whoever changes one of these changes what events mean, or what can be lost. */
  @Test
  void keepsWhatIsPromisedOfEvents() {
    assertThat(config(source(3)))
        .containsEntry("connector.class", "io.riffle.cdc.guard.GuardedPostgresConnector")
        .containsEntry("plugin.name", "pgoutput")
        .containsEntry("snapshot.mode", "no_data")
        .containsEntry("publication.autocreate.mode", "disabled")
        .containsEntry("offset.mismatch.strategy", "trust_offset")
        .containsEntry("lsn.flush.mode", "connector")
        .containsEntry("exactly.once.support", "required")
        .containsEntry("skipped.operations", "none")
        .containsEntry("provide.transaction.metadata", "false")
        .containsEntry("tombstones.on.delete", "false")
        .containsEntry("poll.interval.ms", "50")
        .containsEntry("time.precision.mode", "microseconds")
        .containsEntry("decimal.handling.mode", "string")
        .containsEntry("unavailable.value.placeholder", "__random");
  }

  @Test
  void namesItsOwnSlotTopicsAndSecret() {
    assertThat(config(source(3)))
        .containsEntry("slot.name", "riffle_qvp__main_3")
        .containsEntry("publication.name", "riffle_qvp__main")
        .containsEntry("topic.prefix", "main.cdc.qvp")
        .containsEntry("table.include.list", "app\\.person")
        .containsEntry(
            "column.exclude.list", "riffle\\.nothing\\.nothing,app\\.person\\.full\\ name")
        .containsEntry("database.password", "${secrets:/etc/riffle/secrets:qvp.password}")
        .containsEntry("database.sslmode", "require")
        .containsEntry("riffle.guard.system", "77")
        .containsEntry("riffle.guard.timeline", "1")
        .containsEntry("riffle.guard.slot.lsn", "100")
        .containsEntry("transforms.epoch.value.literal", "3")
        .containsEntry("transforms.placeholder.value.literal", "__random");
  }

  /**
   * Debezium logs its configuration, with references resolved, and hides what has such a name
   * (io.debezium.config.Configuration).
   */
  @Test
  void secretsHaveNamesThatDebeziumHidesInItsLog() {
    Map<String, String> config = config(source(3, Optional.of("rules:\n  a.b: hash\n")));

    assertThat(config.get("transforms")).endsWith("hideKeys,hide");
    assertThat(config.keySet().stream().filter(key -> config.get(key).contains("/secrets:")))
        .hasSize(3)
        .allMatch(key -> key.matches(".*secret$|.*password$"));
  }

  @Test
  void isOfOneEpoch() {
    Map<String, String> third = config(source(3));

    assertThat(SourceConnector.isOfEpoch(third, source(3))).isTrue();
    assertThat(SourceConnector.isOfEpoch(third, source(4))).isFalse();
    assertThat(SourceConnector.isOfEpoch(SourceConnector.ofNoEpoch(third), source(3))).isFalse();
  }

  @Test
  void theSinkReadsChangeEventsAndNothingElse() {
    Map<String, String> sink = StagingSink.config(CONFIG);

    assertThat("main.cdc.qvp.app.person").matches(sink.get("topics.regex"));
    assertThat("main.cdc-notifications.qvp").doesNotMatch(sink.get("topics.regex"));
    assertThat("main.cdc-heartbeat.main.cdc.qvp").doesNotMatch(sink.get("topics.regex"));
    assertThat("mainxcdc.qvp.app.person").doesNotMatch(sink.get("topics.regex"));
    assertThat(sink).containsEntry("name", "main-staging");
    assertThat(sink.values()).noneMatch(value -> value.contains("targets-secret"));
  }

  private static Map<String, String> config(CapturedSource source) {
    return new SourceConnector(CONFIG).config(source, TABLES, "__random");
  }

  private static CapturedSource source(int epoch) {
    return source(epoch, Optional.empty());
  }

  private static CapturedSource source(int epoch, Optional<String> rules) {
    return new CapturedSource(
        new SourceSpec(
            "qvp",
            SourceUrl.parse("jdbc:postgresql://db/qvp?sslmode=require"),
            "reader",
            "file:qvp.password",
            List.of(TableName.parse("app.*")),
            500,
            Duration.ofHours(1)),
        false,
        Wanted.RUNNING,
        false,
        false,
        SourceState.STREAMING,
        Optional.empty(),
        Instant.EPOCH,
        epoch,
        Optional.of(new CapturedSource.Made("77", 1, 100)),
        0,
        rules);
  }
}
