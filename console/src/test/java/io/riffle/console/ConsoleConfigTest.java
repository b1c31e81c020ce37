package io.riffle.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.config.Settings;
import io.riffle.operations.access.PasswordHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleConfigTest {
  @TempDir private Path folder;
  private final Map<String, String> settings = new HashMap<>();

  @BeforeEach
  void fill() throws IOException {
    Path users = folder.resolve("users");
    Files.writeString(users, "a:admin:" + PasswordHash.of("x".toCharArray(), 1_000).text() + "\n");
    settings.putAll(
        Map.of(
            "console.users", users.toString(),
            "database.url", "jdbc:postgresql://h/riffle_main",
            "database.user", "riffle",
            "database.password", "hush",
            "kafka.bootstrap-servers", "k:9092",
            "registry.url", "http://r/apis/ccompat/v7",
            "s3.endpoint", "http://s",
            "s3.access-key", "key",
            "s3.secret-key", "hush",
            "connect.url", "http://c:8083"));
  }

  private ConsoleConfig config() {
    return Settings.of(settings).build(ConsoleConfig::from);
  }

  @Test
  void listensToTheMachineItselfUnlessToldOtherwise() {
    ConsoleConfig config = config();

    assertThat(config.listen().getAddress().isLoopbackAddress()).isTrue();
    assertThat(config.listen().getPort()).isEqualTo(8090);
    assertThat(config.transport()).isEqualTo(ConsoleConfig.Transport.LOOPBACK);
    assertThat(config.sessionLifetime()).isEqualTo(Duration.ofHours(12));
    assertThat(config.sessionIdle()).isEqualTo(Duration.ofHours(2));
    assertThat(config.lagEvery()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.lagAll()).isFalse();
    assertThat(config.history()).isEmpty();
    assertThat(config.toString()).doesNotContain("hush");
  }

  @Test
  void doesNotTakePasswordsInTheClearOverANetwork() {
    settings.put("console.listen", "0.0.0.0:8090");
    assertThatThrownBy(this::config).hasMessageContaining("passwords would cross the network");

    settings.put("console.transport", "tls-proxy");
    assertThat(config().transport()).isEqualTo(ConsoleConfig.Transport.TLS_PROXY);
  }

  @Test
  void reachesABrokerThatWantsMoreThanItsAddress() {
    settings.put("kafka.security.protocol", "SASL_SSL");
    settings.put("kafka.sasl.jaas.config", "hush");
    settings.put("kafka.producer.linger.ms", "5");

    ConsoleConfig config = config();

    assertThat(config.endpoints().kafkaClient())
        .containsOnly(
            Map.entry("bootstrap.servers", "k:9092"),
            Map.entry("security.protocol", "SASL_SSL"),
            Map.entry("sasl.jaas.config", "hush"));
    assertThat(config.toString()).doesNotContain("hush");
  }

  @Test
  void namesAllThatIsWrongAtOnce() {
    settings.remove("console.users");
    settings.remove("database.url");
    settings.put("console.lag-every", "soon");
    settings.put("set", "NO");

    assertThatThrownBy(this::config)
        .hasMessageContainingAll("console.users", "database.url", "console.lag-every", "set");
  }

  @Test
  void keepsItsHistoryInAFolderThatIsThere() {
    settings.put("console.history", folder.resolve("history").toString());
    assertThat(config().history()).contains(folder.resolve("history"));

    settings.put("console.history", folder.resolve("none/history").toString());
    assertThatThrownBy(this::config).hasMessageContaining("a folder that is not there");
  }

  @Test
  void wantsUsers() throws IOException {
    Files.writeString(folder.resolve("users"), "# nobody\n");

    assertThatThrownBy(this::config).hasMessageContaining("there is no user in it");
  }
}
