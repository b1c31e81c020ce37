package io.riffle.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @TempDir private Path folder;

  @Test
  void environmentOverridesTheFile() throws IOException {
    Map<String, String> environment =
        Map.of(
            "RIFFLE_CONFIG",
            file("registry.cache-dir=a\nregistry.url=http://file\n"),
            "RIFFLE_REGISTRY_CACHE_DIR",
            "b");
    Settings settings = Settings.load(environment);
    assertThat(settings.string("registry.cache-dir", "c")).isEqualTo("b");
    assertThat(settings.uri("registry.url")).isEqualTo(URI.create("http://file"));
    settings.check();
  }

  @Test
  void blankVariablesCountAsNotGiven() {
    Settings settings = Settings.load(Map.of("RIFFLE_CONFIG", " ", "RIFFLE_A", " "));
    assertThat(settings.integer("a", 7, 1, 10)).isEqualTo(7);
    settings.check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:9404", "localhost:0", "[::1]:65535"})
  void anAddressToListenAt(String text) {
    Settings settings = Settings.of(Map.of("a", text));
    int port = Integer.parseInt(text.replaceFirst(".*:", ""));

    assertThat(settings.listenAddress("a")).map(InetSocketAddress::getPort).contains(port);
    assertThat(settings.listenAddress("b")).isEmpty();
    settings.check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"9404", "127.0.0.1", "127.0.0.1:65536", "::1:9404", "no such host:1"})
  void whatIsNoAddressToListenAt(String text) {
    Settings settings = Settings.of(Map.of("a", text));

    assertThat(settings.listenAddress("a")).isEmpty();
    assertThatThrownBy(settings::check).hasMessageContaining("must be HOST:PORT");
  }

  @ParameterizedTest
  @CsvSource({"250ms,250", "30s,30000", "5m,300000", "2H,7200000", "1d,86400000", "PT1.5S,1500"})
  void readsDurations(String text, long millis) {
    Settings settings = Settings.of(Map.of("a", text));
    assertThat(settings.duration("a", Duration.ofHours(9))).isEqualTo(Duration.ofMillis(millis));
    settings.check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"30", "-5s", "0s", "5 minutes", "1e3s", "99999999999999999d", "PT-1S"})
  void refusesOtherDurations(String text) {
    Settings settings = Settings.of(Map.of("a", text));
    assertThat(settings.duration("a", Duration.ofHours(9))).isEqualTo(Duration.ofHours(9));
    assertThatThrownBy(settings::check).hasMessageContaining("a = " + text + ": must be");
  }

  @ParameterizedTest
  @CsvSource({"512,512", "64KiB,65536", "16 mib,16777216", "8MB,8000000", "1TiB,1099511627776"})
  void readsSizes(String text, long bytes) {
    assertThat(Settings.of(Map.of("a", text)).size("a", 1)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5MiB", "16Mb/s", "99999999TiB", "999999999999999999999"})
  void refusesOtherSizes(String text) {
    Settings settings = Settings.of(Map.of("a", text));
    settings.size("a", 1);
    assertThatThrownBy(settings::check).isInstanceOf(ConfigException.class);
  }

  @Test
  void readsTheOtherTypes() {
    Settings settings =
        Settings.of(
            Map.of(
                "bool", "TRUE", "list", "a, b,,c ", "choice", "time-unit", "unit", "milliseconds"));
    assertThat(settings.bool("bool", false)).isTrue();
    assertThat(settings.list("list", List.of())).containsExactly("a", "b", "c");
    assertThat(settings.choice("unit", TimeUnit.class, TimeUnit.DAYS))
        .isEqualTo(TimeUnit.MILLISECONDS);
    assertThat(settings.optional("absent")).isEmpty();
    assertThat(settings.string("choice")).isEqualTo("time-unit");
    settings.check();
  }

  @Test
  void namesAllProblemsAtOnce() throws IOException {
    String file = file("port=70000\nbool=yes\nurl=no uri\nmode=x\ntypo=1\n");
    Settings settings = Settings.load(Map.of("RIFFLE_CONFIG", file));
    settings.integer("port", 1, 1, 65535);
    settings.bool("bool", true);
    settings.uri("url");
    settings.choice("mode", TimeUnit.class, TimeUnit.DAYS);
    settings.string("missing");
    ConfigException e = catchThrowableOfType(ConfigException.class, settings::check);
    assertThat(e.problems())
        .extracting(ConfigProblem::key)
        .containsExactly("port", "bool", "url", "mode", "missing", "typo");
    assertThat(e).hasMessageContaining("port = 70000: must be a whole number from 1 to 65535");
  }

  @Test
  void reportsTheRecordsOwnChecksTogetherWithTheOthers() {
    Settings settings = Settings.of(Map.of("rows", "x"));
    assertThatThrownBy(() -> settings.build(SettingsTest::failing))
        .hasMessageContaining("rows = x: must be a whole number")
        .hasMessageContaining("age = 0: must be positive");
  }

  @Test
  void reportsAKeyGivenTwiceAndAFileThatIsNotThere() throws IOException {
    Settings twice = Settings.load(Map.of("RIFFLE_CONFIG", file("a=1\na=2\n")));
    twice.string("a");
    assertThatThrownBy(twice::check).hasMessageContaining("a: is given twice");
    Settings absent = Settings.load(Map.of("RIFFLE_CONFIG", folder + "/absent"));
    assertThatThrownBy(absent::check).hasMessageContaining("absent: cannot be read");
  }

  @Test
  void hidesSecretsEverywhere() {
    Settings settings =
        Settings.of(
            Map.of(
                "registry.password", "hush",
                "kafka.sasl.jaas.config", "hush",
                "db.url", "postgresql://me:hush@host/db"));
    Secret secret = settings.requiredSecret("registry.password");
    assertThat(settings.under("kafka.")).containsEntry("sasl.jaas.config", "hush");
    settings.integer("db.url", 1, 1, 2);
    settings.reject("registry.password", "is refused");
    assertThat(secret.reveal()).isEqualTo("hush");
    assertThat(secret).hasToString("***");
    assertThat(settings.describe()).doesNotContain("hush").contains("registry.password = ***");
    assertThatThrownBy(settings::check)
        .hasMessageContaining("postgresql://***@host/db")
        .message()
        .doesNotContain("hush");
  }

  @Test
  void readsSecretsFromFiles() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "hush\n", UTF_8);
    Settings settings = Settings.load(Map.of("RIFFLE_REGISTRY_PASSWORD_FILE", file.toString()));
    assertThat(settings.secret("registry.password")).contains(Secret.of("hush"));
    settings.check();
    assertThat(settings.describe()).contains("registry.password = *** (secret file)");
  }

  @Test
  void refusesASecretGivenTwiceOrNotReadable() {
    Settings twice = Settings.of(Map.of("p", "x", "p.file", folder + "/p"));
    twice.secret("p");
    assertThatThrownBy(twice::check).hasMessageContaining("p = ***: is given twice");
    Settings absent = Settings.of(Map.of("q.file", folder + "/absent"));
    absent.requiredSecret("q");
    assertThatThrownBy(absent::check).hasMessageContaining("q.file");
  }

  @Test
  void passesSectionsOnAndIgnoresThoseOfOthers() {
    Map<String, String> environment = Map.of("RIFFLE_KAFKA_SECURITY_PROTOCOL", "SSL");
    assertThat(Settings.load(environment).under("kafka."))
        .containsExactly(Map.entry("security.protocol", "SSL"));
    Settings settings = Settings.of(Map.of("sink.rows", "1", "kafka.acks", "all"));
    assertThat(settings.under("kafka.")).containsEntry("acks", "all");
    settings.ignore("sink.");
    settings.check();
  }

  @Test
  void describesWhereValuesComeFrom() {
    Settings settings = Settings.of(Map.of("a", "1"));
    settings.integer("a", 5, 0, 9);
    settings.size("b", 8);
    assertThat(settings.describe()).isEqualTo("a = 1 (file)\nb = 8B (default)\n");
  }

  private static Object failing(Settings settings) {
    settings.integer("rows", 1, 1, 10);
    throw new ConfigException("age", 0, "must be positive");
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("riffle.properties"), text, UTF_8).toString();
  }
}
