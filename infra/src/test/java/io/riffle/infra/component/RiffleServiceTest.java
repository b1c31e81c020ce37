package io.riffle.infra.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.process.Launch;
import io.riffle.infra.site.PortPolicy;
import io.riffle.infra.site.Ports;
import io.riffle.infra.site.Secrets;
import io.riffle.infra.site.Site;
import io.riffle.infra.site.StackFolder;
import io.riffle.operations.site.SetName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RiffleServiceTest {
  private static final String MAIN_CLASS = "io/riffle/producer/RifProducer.class";

  @TempDir Path root;

  private final RiffleService service =
      new RiffleService(
          "rif-producer",
          "io.riffle.producer.RifProducer",
          "rif-producer/producer.properties",
          Duration.ZERO,
          9412);
  private Site site;

  @BeforeEach
  void prepareRepository() throws IOException {
    StackFolder folder = new StackFolder(root.resolve("home")).create();
    Ports ports = Ports.load(folder.ports(), PortPolicy.FREE);
    Components.servers().forEach(server -> assign(ports, server, folder));
    assign(ports, service, folder);
    site = site(folder, ports);
    Files.createDirectories(site.template(service.configFile()).getParent());
    Files.writeString(site.template(service.configFile()), "set=main\n");
    Files.createDirectories(site.lib("rif-producer"));
  }

  @Test
  void isBuiltWhenItsMainClassIsThere() throws IOException {
    assertThat(service.isBuilt(site)).isFalse();

    writeJar("META-INF/other", "");
    assertThat(service.isBuilt(site)).as("a module without classes").isFalse();

    writeJar(MAIN_CLASS, "one");
    assertThat(service.isBuilt(site)).isTrue();
  }

  @Test
  void runsACopyOfItsJarAndNoticesANewOne() throws IOException {
    writeJar(MAIN_CLASS, "one");
    Launch before = service.launch(site);
    service.prepare(site);
    Path copy = site.folder().programs("rif-producer").resolve("rif-producer-1-SNAPSHOT.jar");
    byte[] running = Files.readAllBytes(copy);

    writeJar(MAIN_CLASS, "other");

    assertThat(Files.readAllBytes(copy)).isEqualTo(running);
    assertThat(service.launch(site).fingerprint()).isNotEqualTo(before.fingerprint());
    assertThat(before.command())
        .contains("io.riffle.producer.RifProducer", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError");
  }

  @Test
  void getsAddressesAndSecretsByEnvironmentOnly() throws IOException {
    writeJar(MAIN_CLASS, "one");

    Launch launch = service.launch(site);

    assertThat(launch.environment())
        .containsEntry("RIFFLE_SET", "main")
        .containsEntry("RIFFLE_CONFIG", site.template(service.configFile()).toString())
        .containsEntry("RIFFLE_KAFKA_BOOTSTRAP_SERVERS", site.endpoints().bootstrapServers())
        .containsEntry("RIFFLE_DATABASE_PASSWORD", site.secrets().postgresPassword())
        .containsEntry("RIFFLE_HASH_PEPPER", site.secrets().hashPepper())
        .containsEntry(
            "RIFFLE_METRICS_LISTEN", "127.0.0.1:" + site.ports().get("rif-producer-metrics"));
    assertThat(String.join(" ", launch.command()))
        .doesNotContain(
            site.secrets().postgresPassword(),
            site.secrets().s3SecretKey(),
            site.secrets().hashPepper());
  }

  @Test
  void takesThePepperOfWhoeverStartsTheStackAndNoticesAnother() throws IOException {
    writeJar(MAIN_CLASS, "one");
    Map<String, String> given = Map.of("RIFFLE_HASH_PEPPER", "00ff", "RIFFLE_HASH_ITERATIONS", "2");

    Launch launch = service.launch(site(site.folder(), site.ports(), given));

    assertThat(launch.environment()).containsAllEntriesOf(given);
    assertThat(launch.fingerprint()).isNotEqualTo(service.launch(site).fingerprint());
  }

  /** Its client's secret is not for others, and does not start them anew. */
  @Test
  void doesNotGetWhatIsTheConsolesAlone() throws IOException {
    writeJar(MAIN_CLASS, "one");
    Map<String, String> given = Map.of("RIFFLE_CONSOLE_OIDC_CLIENT_SECRET", "x");

    Launch launch = service.launch(site(site.folder(), site.ports(), given));

    assertThat(launch.environment()).doesNotContainKeys("RIFFLE_CONSOLE_OIDC_CLIENT_SECRET");
    assertThat(launch.fingerprint()).isEqualTo(service.launch(site).fingerprint());
  }

  @Test
  void theConsoleIsFoundWhereItsProxyIs() {
    Map<String, String> given = Map.of("RIFFLE_CONSOLE_URL", "https://console.example");

    assertThat(Console.url(site(site.folder(), site.ports(), given)))
        .hasToString("https://console.example");
  }

  private Site site(StackFolder folder, Ports ports) {
    return site(folder, ports, Map.of());
  }

  private Site site(StackFolder folder, Ports ports, Map<String, String> given) {
    Secrets secrets = Secrets.load(folder.secrets());
    return new Site(root, folder, SetName.MAIN, ports, secrets, List.of(), given);
  }

  private void assign(Ports ports, Component server, StackFolder folder) {
    server.ports(site(folder, ports)).forEach(ports::assign);
  }

  private void writeJar(String entry, String content) throws IOException {
    Path jar = site.lib("rif-producer").resolve("rif-producer-1-SNAPSHOT.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(entry));
      out.write(content.getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
  }
}
