package io.riffle.cdc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.config.ConfigException;
import io.riffle.config.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CdcConfigTest {
  private static final Map<String, String> LEAST =
      Map.of(
          "kafka.bootstrap-servers", "kafka:9092",
          "registry.url", "http://registry:8081/apis/ccompat/v7",
          "database.url", "jdbc:postgresql://db/riffle",
          "database.user", "riffle",
          "connect.url", "http://connect:8083");

  @Test
  void hasDefaults() {
    CdcConfig config = Settings.of(LEAST).build(CdcConfig::from);

    assertThat(config.topics().set()).isEqualTo("main");
    assertThat(config.converterRegistry()).isEqualTo("http://registry:8081/apis/registry/v2");
    assertThat(config.workerKafka()).isEqualTo("kafka:9092");
    assertThat(config.watch()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.retention()).isEqualTo(Duration.ofDays(30));
    assertThat(config.replication()).isEqualTo((short) 1);
    assertThat(config.stagingSink()).isTrue();
    assertThat(config.sinkPassword()).isEqualTo("${env:RIFFLE_DATABASE_PASSWORD}");
    assertThat(config.file()).isEmpty();
  }

  @Test
  void namesAllProblemsAtOnce() {
    Map<String, String> settings = new TreeMap<>(LEAST);
    settings.remove("connect.url");
    settings.put("set", "Not A Set");
    settings.put("cdc.watch", "soon");
    settings.put("cdc.retries", "3");

    assertThatThrownBy(() -> Settings.of(settings).build(CdcConfig::from))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("connect.url", "set", "cdc.watch", "cdc.retries");
  }
}
