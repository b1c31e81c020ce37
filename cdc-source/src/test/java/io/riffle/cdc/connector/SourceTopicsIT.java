package io.riffle.cdc.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.TableName;
import io.riffle.config.Settings;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.TestKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("full")
@Tag("cdc")
@ExtendWith(KafkaExtension.class)
class SourceTopicsIT {
  /** A source that is removed and added within seconds must not meet the old positions. */
  @Test
  void areReadUntilTheSinkHasSeenThatTheyAreGone(TestKafka kafka) {
    CdcConfig config =
        Settings.of(
                Map.of(
                    "set", "t" + Long.toHexString(System.nanoTime()),
                    "kafka.bootstrap-servers", kafka.bootstrapServers(),
                    "kafka.metadata.max.age.ms", "500",
                    "registry.url", "http://localhost:1",
                    "database.url", "jdbc:postgresql://localhost/riffle",
                    "database.user", "riffle",
                    "database.password", "none",
                    "connect.url", "http://localhost:1"))
            .build(CdcConfig::from);
    SourceTopics topics = new SourceTopics(config);
    topics.create(
        "qvp", List.of(new CapturedTable(new TableName("app", "log"), List.of(), List.of(), 0)));
    assertThat(topics.isRead("qvp")).isFalse();

    try (Consumer<byte[], byte[]> sink =
        config.kafka().openConsumer("connect-" + config.topics().stagingConnector())) {
      sink.subscribe(Pattern.compile(Pattern.quote(config.topics().cdc()) + ".*"));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                sink.poll(Duration.ofMillis(100));
                return !sink.assignment().isEmpty() && topics.isRead("qvp");
              });
      assertThat(topics.isRead("q")).isFalse();

      topics.delete("qvp");
      assertThat(topics.isRead("qvp")).isTrue();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                sink.poll(Duration.ofMillis(100));
                return !topics.isRead("qvp");
              });
    }
  }
}
