package io.riffle.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.config.Settings;
import io.riffle.console.access.Role;
import io.riffle.console.oidc.OidcConfig;
import io.riffle.operations.access.PasswordHash;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  private void oidc() {
    settings.put("console.oidc.issuer", "https://login.example/realms/r");
    settings.put("console.oidc.client-id", "riffle");
    settings.put("console.oidc.client-secret", "hush");
  }

  @Test
  void signsInElsewhere() {
    settings.remove("console.users");
    oidc();
    ConsoleConfig config = config();
    OidcConfig oidc = config.oidc().orElseThrow();

    assertThat(config.users()).isEmpty();
    assertThat(config.url()).isEqualTo(URI.create("http://127.0.0.1:8090"));
    assertThat(oidc.scopes()).containsExactly("openid", "profile");
    assertThat(oidc.nameClaim()).isEqualTo("preferred_username");
    assertThat(oidc.rolesClaim()).isEqualTo("roles");
    assertThat(oidc.roles())
        .containsOnly(
            Map.entry(Role.VIEWER, Set.of("riffle-viewer")),
            Map.entry(Role.OPERATOR, Set.of("riffle-operator")),
            Map.entry(Role.ADMIN, Set.of("riffle-admin")));
    assertThat(oidc.label()).isEqualTo("Sign in with OpenID Connect");
    assertThat(oidc.audience()).isEmpty();
    assertThat(config.toString()).doesNotContain("hush");
  }

  @Test
  void takesTheNamesOfAProvider() {
    oidc();
    settings.put("console.oidc.scopes", "openid email");
    settings.put("console.oidc.name-claim", "email");
    settings.put("console.oidc.roles-claim", "realm_access.roles");
    settings.put("console.oidc.roles.admin", "owners, root");
    settings.put("console.oidc.audience", "riffle-api");
    OidcConfig oidc = config().oidc().orElseThrow();

    assertThat(oidc.scopes()).containsExactly("openid", "email");
    assertThat(oidc.roles().get(Role.ADMIN)).containsExactlyInAnyOrder("owners", "root");
    assertThat(oidc.audience()).contains("riffle-api");
  }

  @Test
  void namesAllThatIsWrongWithAProviderAtOnce() {
    settings.put("console.oidc.issuer", "http://login.example");
    settings.put("console.oidc.scopes", "profile");
    settings.put("console.url", "http://console.example/riffle");

    assertThatThrownBy(this::config)
        .hasMessageContainingAll(
            "console.oidc.issuer = http://login.example: must be https",
            "console.oidc.client-id: is missing",
            "console.oidc.client-secret: is missing",
            "console.oidc.scopes = profile: must contain openid",
            "console.url = http://console.example/riffle: must be https://HOST[:PORT] alone",
            "console.url = http://console.example/riffle: must be https: ");
  }

  @Test
  void takesAnIssuerWithoutTlsOnTheMachineItselfOnly() {
    oidc();
    for (String near :
        List.of("http://127.0.0.1:8080/r", "http://localhost/r", "http://[::1]:1/r")) {
      settings.put("console.oidc.issuer", near);
      assertThat(config().oidc()).isPresent();
    }
    for (String far :
        List.of(
            "http://127.0.0.1.evil.example/r",
            "http://10.0.0.1/r",
            "ftp://localhost/r",
            "https://name:hush@login.example/r",
            "https://login.example/r?x")) {
      settings.put("console.oidc.issuer", far);
      assertThatThrownBy(this::config)
          .as(far)
          .hasMessageContaining("console.oidc.issuer")
          .message()
          .doesNotContain("hush");
    }
  }

  @Test
  void wantsTheAddressOfAProxy() {
    oidc();
    settings.put("console.transport", "tls-proxy");
    assertThatThrownBy(this::config).hasMessageContaining("console.url: is missing");

    settings.put("console.url", "http://127.0.0.1:8090");
    assertThatThrownBy(this::config).hasMessageContaining("https exactly when");

    settings.put("console.url", "https://console.example");
    assertThat(config().url()).isEqualTo(URI.create("https://console.example"));
  }

  @Test
  void halfAProviderIsNone() {
    settings.put("console.oidc.client-id", "riffle");
    assertThatThrownBy(this::config).hasMessageContaining("console.oidc.issuer: is missing");
  }

  @Test
  void accessTokensAreForAnotherAudienceThanIdTokens() {
    oidc();
    settings.put("console.oidc.audience", "riffle");
    assertThatThrownBy(this::config).hasMessageContaining("must not be the client id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "console.url",
        "console.oidc.issuer",
        "console.oidc.client-id",
        "console.oidc.client-secret",
        "console.oidc.scopes",
        "console.oidc.name-claim",
        "console.oidc.roles-claim",
        "console.oidc.roles.viewer",
        "console.oidc.roles.operator",
        "console.oidc.roles.admin",
        "console.oidc.label",
        "console.oidc.audience"
      })
  void everyKeyOfAProviderIsDescribedAndTakenByTheContainer(String key) throws IOException {
    String variable = "RIFFLE_" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");

    assertThat(Files.readString(Path.of("README.md"))).contains("`" + key + "`");
    assertThat(Files.readString(Path.of("../docker-compose.yml")))
        .contains(variable + ": ${" + variable + ":-}");
  }
}
