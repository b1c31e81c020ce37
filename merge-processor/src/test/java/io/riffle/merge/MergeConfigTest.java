package io.riffle.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.config.ConfigException;
import io.riffle.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MergeConfigTest {
  private static final Map<String, String> LEAST =
      Map.of("kafka.bootstrap-servers", "broker:9092", "registry.url", "http://registry:8081");

  @Test
  void defaultsAreThoseOfTheReadme() {
    MergeConfig config = read(Map.of());

    assertThat(config.topics().set()).isEqualTo("main");
    assertThat(config.topics().generation()).isZero();
    assertThat(config.types()).isEmpty();
    assertThat(config.running())
        .isEqualTo(
            new MergeConfig.Running(
                Path.of("merge-state"),
                Optional.empty(),
                Runtime.getRuntime().availableProcessors(),
                0,
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(45)));
    assertThat(config.memory()).isEqualTo(new MergeConfig.Memory(256 << 20, 96 << 20));
    assertThat(config.limits())
        .isEqualTo(
            new MergeConfig.Limits(
                4 << 20, 5, Duration.ofMinutes(10), Duration.ofSeconds(25), Duration.ofMinutes(2)));
  }

  @Test
  void folderOfTheProcessHoldsStatesAndSchemas() {
    MergeConfig config = read(Map.of("data-dir", "/data/merge"));

    assertThat(config.running().stateDir()).isEqualTo(Path.of("/data/merge/state"));
    assertThat(config.registry().cacheDir()).contains(Path.of("/data/merge/schemas"));
  }

  @Test
  void streamsSettingsKeepThePromises() {
    Map<String, Object> properties =
        StreamsSettings.properties(
            read(Map.of("merge.instance-id", "one", "kafka.security.protocol", "SSL")));

    assertThat(properties)
        .containsEntry("application.id", "main-merge-processor")
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("ensure.explicit.internal.resource.naming", true)
        .containsEntry("group.protocol", "classic")
        .containsEntry("main.consumer.group.instance.id", "one")
        .containsEntry("producer.compression.type", "lz4")
        .containsEntry("producer.transaction.timeout.ms", 60_000)
        .containsEntry("security.protocol", "SSL");
    assertThat((Integer) properties.get("producer.max.request.size"))
        .isGreaterThan(8 * 1024 * 1024);
  }

  @Test
  void aGenerationHasNamesOfItsOwn() {
    MergeConfig config = read(Map.of("generation", "3"));

    assertThat(StreamsSettings.properties(config))
        .containsEntry("application.id", "main-merge-processor.g3");
    assertThat(config.topics().parked()).isEqualTo("main.merged.parked.g3");
    assertThat(config.topics().progress()).isEqualTo("main.rif.progress");
    assertThatThrownBy(() -> read(Map.of("generation", "-1"))).isInstanceOf(ConfigException.class);
  }

  @Test
  void transactionTimeoutMustOutlastCommits() {
    assertThatThrownBy(
            () -> read(Map.of("merge.commit-interval", "10s", "merge.transaction-timeout", "15s")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("merge.transaction-timeout");
  }

  @Test
  void typesMustHaveLayoutsAndThoseThatMeetInAStateGoTogether() {
    assertThat(read(Map.of("merge.types", "BENEFICIARY,BENEFICIARY_HISTORY,PDE")).types())
        .containsExactly("BENEFICIARY", "BENEFICIARY_HISTORY", "PDE");
    assertThatThrownBy(() -> read(Map.of("merge.types", "BENEFICIARY,CARRIAGE")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("CARRIAGE has no layout")
        .hasMessageContaining("must name BENEFICIARY and BENEFICIARY_HISTORY together");
    assertThatThrownBy(() -> read(Map.of("merge.types", "BENEFICIARY_HISTORY")))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThatThrownBy(() -> Settings.of(Map.of("set", "Main")).build(MergeConfig::from))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("set")
        .hasMessageContaining("kafka.bootstrap-servers")
        .hasMessageContaining("registry.url");
  }

  private static MergeConfig read(Map<String, String> more) {
    Map<String, String> values = new HashMap<>(LEAST);
    values.putAll(more);
    return Settings.of(values).build(MergeConfig::from);
  }
}
