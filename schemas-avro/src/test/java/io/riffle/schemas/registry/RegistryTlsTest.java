package io.riffle.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.config.ConfigException;
import io.riffle.config.Secret;
import io.riffle.schemas.registry.RegistryConfig.Store;
import io.riffle.schemas.registry.RegistryConfig.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTlsTest {
  private static final Secret PASSWORD = Secret.of("changeit");

  @TempDir private Path folder;

  @Test
  void trustsTheConfiguredCertificate() throws Exception {
    Store store = certificateFor("localhost");
    try (StubServer server = serve(store)) {
      assertThat(connect(server, Optional.of(store)).byId(1).getType()).isEqualTo(Schema.Type.INT);
    }
  }

  @Test
  void refusesACertificateOfAnotherHost() throws Exception {
    Store store = certificateFor("elsewhere.example");
    try (StubServer server = serve(store)) {
      SchemaRegistry registry = connect(server, Optional.of(store));
      assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(RegistryUnavailableException.class);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void refusesACertificateThatNobodyTrusts() throws Exception {
    try (StubServer server = serve(certificateFor("localhost"))) {
      SchemaRegistry registry = connect(server, Optional.empty());
      assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(RegistryUnavailableException.class);
    }
  }

  @Test
  void aStoreThatCannotBeOpenedIsAConfigurationProblem() throws Exception {
    Path file = Files.writeString(folder.resolve("broken.p12"), "x");
    Tls tls = new Tls(Optional.of(new Store(file, PASSWORD)), Optional.empty());
    assertThatThrownBy(() -> TlsContext.of(tls))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("registry.truststore")
        .message()
        .doesNotContain(PASSWORD.reveal());
  }

  private static StubServer serve(Store store) throws IOException {
    Tls own = new Tls(Optional.empty(), Optional.of(store));
    StubServer server = StubServer.startTls(TlsContext.of(own).orElseThrow());
    server.answer("/schemas/ids/1", 200, "{\"schema\":\"\\\"int\\\"\"}");
    return server;
  }

  private static SchemaRegistry connect(StubServer server, Optional<Store> trust) {
    return SchemaRegistry.connect(
        new RegistryConfig(
            List.of(server.url()),
            Optional.empty(),
            Optional.empty(),
            new Tls(trust, Optional.empty()),
            Duration.ofSeconds(5),
            1,
            Duration.ofMillis(1)));
  }

  /** The JDK's keytool is the one way to make a certificate without a library. */
  private Store certificateFor(String host) throws IOException, InterruptedException {
    Path file = folder.resolve(host + ".p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "k",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD.reveal())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
    return new Store(file, PASSWORD);
  }
}
