package io.riffle.cdc.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.SourceState;
import io.riffle.cdc.ledger.Wanted;
import io.riffle.cdc.source.SourceSpec;
import io.riffle.cdc.source.SourceUrl;
import io.riffle.cdc.source.TableName;
import io.riffle.config.Settings;
import io.riffle.testing.InMemoryRegistry;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class SnapshotterTest {
  /** There is a new one at each attempt. */
  @Test
  void leavesNoProducerBehindWhenKafkaIsAway(TestPostgres postgres) throws Exception {
    CdcConfig config =
        Settings.of(
                Map.of(
                    "kafka.bootstrap-servers", "localhost:1",
                    "kafka.max.block.ms", "300",
                    "registry.url", "http://localhost:1",
                    "database.url", postgres.jdbcUrl(),
                    "database.user", postgres.username(),
                    "database.password", postgres.password(),
                    "connect.url", "http://localhost:1"))
            .build(CdcConfig::from);
    try (Connection ledger = postgres.connect()) {
      assertThatThrownBy(
              () ->
                  new Snapshotter(
                          config,
                          new InMemoryRegistry(),
                          source(),
                          ledger,
                          Optional::empty,
                          new Standstill(Clock.systemUTC()))
                      .close())
          .isInstanceOf(TimeoutException.class);
    }

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains("main-cdc-qvp-sweep")));
  }

  private static CapturedSource source() {
    return new CapturedSource(
        new SourceSpec(
            "qvp",
            SourceUrl.parse("jdbc:postgresql://localhost/qvp"),
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
        1,
        Optional.of(new CapturedSource.Made("77", 1, 100)),
        0,
        Optional.empty());
  }
}
