package io.riffle.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.config.Secret;
import io.riffle.schemas.registry.RegistryConfig.Credentials;
import io.riffle.schemas.registry.RegistryConfig.Tls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaRegistryTest {
  private static final Schema SCHEMA =
      SchemaBuilder.record("Claim").fields().requiredString("name").endRecord();
  private static final String BODY = StubServer.schemaBody(SCHEMA);
  private static final String UNKNOWN = "{\"error_code\":40403,\"message\":\"Schema not found\"}";
  private static final String NOT_FOUND = "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}";

  @TempDir private Path folder;
  private StubServer server;

  @BeforeEach
  void start() {
    server = StubServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, StubServer.NEVER, StubServer.STALL_IN_BODY})
  void triesAgainAfterPassingFailures(int status) {
    server.answer("/schemas/ids/7", status, "oops");
    server.answer("/schemas/ids/7", 200, BODY);
    assertThat(connect(3, server.url()).byId(7)).isEqualTo(SCHEMA);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void givesUpAfterTheConfiguredAttempts() {
    server.answer("/schemas/ids/7", 503, "");
    SchemaRegistry registry = connect(3, server.url());
    assertThatThrownBy(() -> registry.byId(7))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("503");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void believesTheRegistryThatAnIdIsUnknown() {
    server.answer("/schemas/ids/7", 404, UNKNOWN);
    SchemaRegistry registry = connect(3, server.url());
    assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(UnknownSchemaException.class);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void doesNotBelieveTheWebPageOfAProxy() {
    SchemaRegistry registry = connect(1, server.url());
    assertThatThrownBy(() -> registry.byId(7))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("404");
  }

  @Test
  void believesAGeneralNotFoundOnlyFromAHealthyRegistry() {
    server.answer("/schemas/ids/7", 404, NOT_FOUND);
    server.answer("/config", 404, NOT_FOUND);
    server.answer("/config", 200, "{\"compatibilityLevel\":\"BACKWARD\"}");
    SchemaRegistry registry = connect(1, server.url());
    assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(RegistryUnavailableException.class);
    assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(UnknownSchemaException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "{}", "{\"schema\":7}", "<html>welcome</html>", "{\"schema\":"})
  void anythingElseThanASchemaIsNoAnswer(String body) {
    server.answer("/schemas/ids/7", 200, body);
    SchemaRegistry registry = connect(1, server.url());
    assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(RegistryUnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 403})
  void refusalsAreNotTheRecordsFault(int status) {
    server.answer("/schemas/ids/7", status, "{\"error_code\":" + status + "}");
    SchemaRegistry registry = connect(3, server.url());
    assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(RegistryUnavailableException.class);
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schema\":\"{}\",\"schemaType\":\"JSON\"}",
        "{\"schema\":\"not a schema\"}",
        "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"a b\\\",\\\"fields\\\":[]}\"}"
      })
  void schemasThatAreNotAvroCannotBeRead(String body) {
    server.answer("/schemas/ids/7", 200, body);
    SchemaRegistry registry = connect(1, server.url());
    assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(UnknownSchemaException.class);
  }

  @Test
  void refusesTextThatNestsToExhaustTheStack() {
    String deep = "{\\\"type\\\":\\\"array\\\",\\\"items\\\":".repeat(5_000);
    server.answer("/schemas/ids/7", 200, "{\"schema\":\"" + deep + "\"}");
    SchemaRegistry registry = connect(1, server.url());
    assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(UnknownSchemaException.class);
  }

  @Test
  void boundsTheAnswer() {
    server.answer("/schemas/ids/7", 200, "{\"schema\":\"" + " ".repeat(17 << 20) + "\"}");
    SchemaRegistry registry = connect(1, Duration.ofSeconds(20), server.url());
    assertThatThrownBy(() -> registry.byId(7))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("larger than");
  }

  @Test
  void failsOverToTheNextUrlAndStaysThere() {
    try (StubServer second = StubServer.start()) {
      server.answer("/schemas/ids/7", 503, "");
      second.answer("/schemas/ids/7", 200, BODY);
      second.answer("/schemas/ids/8", 200, BODY);
      SchemaRegistry registry = connect(1, server.url(), second.url());
      assertThat(registry.byId(7)).isEqualTo(SCHEMA);
      assertThat(registry.byId(8)).isEqualTo(SCHEMA);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void asksAllUrlsBeforeAnIdIsUnknown() {
    try (StubServer second = StubServer.start()) {
      server.answer("/schemas/ids/7", 404, UNKNOWN);
      second.answer("/schemas/ids/7", 200, BODY);
      assertThat(connect(1, server.url(), second.url()).byId(7)).isEqualTo(SCHEMA);
    }
  }

  @Test
  void aHealthyUrlIsBelievedWhileAnotherIsAway() {
    try (StubServer second = StubServer.start()) {
      server.answer("/schemas/ids/7", 404, UNKNOWN);
      second.answer("/schemas/ids/7", 503, "");
      SchemaRegistry registry = connect(2, server.url(), second.url());
      assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(UnknownSchemaException.class);
    }
  }

  @Test
  void sendsBasicAuthenticationAndEncodesSubjects() {
    server.answer("/subjects/main.rif%2Fpde-a%20b/versions", 200, "{\"id\":3}");
    Credentials login = new Credentials("me", Secret.of("grüße"));
    SchemaRegistry registry =
        SchemaRegistry.connect(
            new RegistryConfig(
                List.of(URI.create(server.url() + "/")),
                Optional.of(login),
                Optional.empty(),
                new Tls(Optional.empty(), Optional.empty()),
                Duration.ofSeconds(5),
                1,
                Duration.ofMillis(1)));
    assertThat(registry.register("main.rif/pde-a b", SCHEMA)).isEqualTo(3);
    byte[] pair = "me:grüße".getBytes(StandardCharsets.UTF_8);
    assertThat(server.requests().get(0).authorization())
        .isEqualTo("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  @Test
  void repeatsAConflictBeforeItIsBelieved() {
    server.answer("/subjects/s/versions", 409, "{\"error_code\":409}");
    server.answer("/subjects/s/versions", 200, "{\"id\":5}");
    assertThat(connect(3, server.url()).register("s", SCHEMA)).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"409, 4", "422, 1"})
  void tellsThatASchemaIsRejected(int status, int requests) {
    server.answer("/subjects/s/versions", status, "{\"error_code\":" + status + "}");
    SchemaRegistry registry = connect(3, server.url());
    assertThatThrownBy(() -> registry.register("s", SCHEMA))
        .isInstanceOf(SchemaRejectedException.class)
        .hasMessageContaining("subject s");
    assertThat(server.requests()).hasSize(requests);
  }

  @Test
  void aSubjectThatCannotBeSetYetMayHaveTheGeneralLevel() {
    server.answer("/config/s", 404, "{\"error_code\":40401}");
    server.answer("/config", 200, "{\"compatibilityLevel\":\"NONE\"}");
    SchemaRegistry registry = connect(1, server.url());
    registry.setCompatibility("s", Compatibility.NONE);
    assertThatThrownBy(() -> registry.setCompatibility("s", Compatibility.FULL))
        .isInstanceOf(RegistryUnavailableException.class);
  }

  @Test
  void remembersWithinTheProcess() {
    server.answer("/subjects/s/versions", 200, "{\"id\":3}");
    server.answer("/schemas/ids/3", 200, BODY);
    SchemaRegistry registry = connect(1, server.url());
    registry.register("s", SCHEMA);
    registry.register("s", SCHEMA);
    registry.byId(3);
    registry.byId(3);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aNewProcessReadsFromDiskWhileTheRegistryIsAway() {
    server.answer("/subjects/s/versions", 200, "{\"id\":3}");
    server.answer("/schemas/ids/3", 200, BODY);
    SchemaRegistry first = SchemaRegistry.connect(cached(server.url()));
    first.register("s", SCHEMA);
    first.byId(3);
    server.close();
    SchemaRegistry second = SchemaRegistry.connect(cached(server.url()));
    assertThat(second.register("s", SCHEMA)).isEqualTo(3);
    assertThat(second.byId(3)).isEqualTo(SCHEMA);
    assertThatThrownBy(() -> second.register("other", SCHEMA))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThatThrownBy(() -> second.byId(4)).isInstanceOf(RegistryUnavailableException.class);
  }

  @Test
  void registriesDoNotShareTheirCaches() {
    server.answer("/schemas/ids/3", 200, BODY);
    SchemaRegistry.connect(cached(server.url())).byId(3);
    try (StubServer other = StubServer.start()) {
      other.answer("/schemas/ids/3", 404, UNKNOWN);
      SchemaRegistry registry = SchemaRegistry.connect(cached(other.url()));
      assertThatThrownBy(() -> registry.byId(3)).isInstanceOf(UnknownSchemaException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"id\":4,\"schema\":\"\\\"int\\\"\"}", "{\"id\":3}"})
  void aDamagedCacheEntryIsFetchedAgain(String damage) throws IOException {
    server.answer("/schemas/ids/3", 200, BODY);
    SchemaRegistry.connect(cached(server.url())).byId(3);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.writeString(file, damage);
      }
    }
    assertThat(SchemaRegistry.connect(cached(server.url())).byId(3)).isEqualTo(SCHEMA);
  }

  @Test
  void aCacheThatCannotBeWrittenDoesNotMatter() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    server.answer("/schemas/ids/3", 200, BODY);
    RegistryConfig config = cached(server.url()).withCacheDir(file);
    assertThat(SchemaRegistry.connect(config).byId(3)).isEqualTo(SCHEMA);
  }

  private RegistryConfig cached(URI url) {
    return config(1, Duration.ofSeconds(5), url).withCacheDir(folder);
  }

  private static SchemaRegistry connect(int attempts, URI... urls) {
    return connect(attempts, Duration.ofSeconds(2), urls);
  }

  private static SchemaRegistry connect(int attempts, Duration timeout, URI... urls) {
    return SchemaRegistry.connect(config(attempts, timeout, urls));
  }

  private static RegistryConfig config(int attempts, Duration timeout, URI... urls) {
    return new RegistryConfig(
        List.of(urls),
        Optional.empty(),
        Optional.empty(),
        new Tls(Optional.empty(), Optional.empty()),
        timeout,
        attempts,
        Duration.ofMillis(2));
  }
}
