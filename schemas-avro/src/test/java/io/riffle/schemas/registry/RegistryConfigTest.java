package io.riffle.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryConfigTest {

  @Test
  void hasDefaultsForEverythingButTheUrl() {
    RegistryConfig config = read(Map.of("registry.url", "http://a:8081,https://b/x"));
    assertThat(config.urls())
        .isEqualTo(List.of(URI.create("http://a:8081"), URI.create("https://b/x")));
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.attempts()).isEqualTo(4);
    assertThat(config.backoff()).isEqualTo(Duration.ofMillis(250));
    assertThat(config.credentials()).isEmpty();
    assertThat(config.cacheDir()).isEmpty();
    assertThat(config.tls().trust()).isEmpty();
    assertThat(config.tls().key()).isEmpty();
  }

  @Test
  void readsEveryKey() {
    RegistryConfig config =
        read(
            Map.ofEntries(
                Map.entry("registry.url", "https://a"),
                Map.entry("registry.username", "me"),
                Map.entry("registry.password", "hush"),
                Map.entry("registry.cache-dir", "cache"),
                Map.entry("registry.truststore", "trust.p12"),
                Map.entry("registry.truststore.password", "hush"),
                Map.entry("registry.keystore", "key.p12"),
                Map.entry("registry.keystore.password", "hush"),
                Map.entry("registry.timeout", "1s"),
                Map.entry("registry.attempts", "2"),
                Map.entry("registry.backoff", "10ms")));
    assertThat(config.credentials().orElseThrow().username()).isEqualTo("me");
    assertThat(config.cacheDir()).contains(Path.of("cache"));
    assertThat(config.tls().trust().orElseThrow().file()).isEqualTo(Path.of("trust.p12"));
    assertThat(config.tls().key().orElseThrow().file()).isEqualTo(Path.of("key.p12"));
    assertThat(config.attempts()).isEqualTo(2);
    assertThat(config.toString()).doesNotContain("hush");
  }

  @Test
  void namesWhatIsWrong() {
    Map<String, String> values =
        Map.of(
            "registry.url", "ftp://a",
            "registry.username", "me",
            "registry.truststore", "trust.p12");
    assertThatThrownBy(() -> read(values))
        .hasMessageContaining("registry.url = ftp://a: must be http or https")
        .hasMessageContaining("registry.username = me: needs registry.password")
        .hasMessageContaining("registry.truststore = trust.p12: needs");
    assertThatThrownBy(() -> read(Map.of())).hasMessageContaining("registry.url: is missing");
  }

  private static RegistryConfig read(Map<String, String> values) {
    return Settings.of(values).build(RegistryConfig::from);
  }
}
