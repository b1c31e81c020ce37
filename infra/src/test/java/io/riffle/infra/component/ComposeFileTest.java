package io.riffle.infra.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.riffle.infra.site.PortPolicy;
import io.riffle.infra.site.Ports;
import io.riffle.infra.site.Secrets;
import io.riffle.infra.site.Site;
import io.riffle.infra.site.StackFolder;
import io.riffle.infra.stack.RepositoryRoot;
import io.riffle.operations.site.SetName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docker-compose.yml and the local stack are two ways to start the same thing. */
class ComposeFileTest {
  private static final Path ROOT = RepositoryRoot.find();
  private static JsonNode services;

  @TempDir Path folder;

  @BeforeAll
  static void parse() throws IOException {
    services =
        new YAMLMapper().readTree(ROOT.resolve("docker-compose.yml").toFile()).get("services");
  }

  static Stream<Component> components() {
    return Components.all().stream();
  }

  @Test
  void hasTheStacksServicesAndSetup() {
    List<String> expected =
        Stream.concat(components().map(Component::name), Stream.of("setup")).toList();

    assertThat(services.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @MethodSource("components")
  void mountsTheStacksConfigurationFile(Component component) {
    String file = "./infra/config/" + component.configFile();

    assertThat(ROOT.resolve(file)).isRegularFile();
    assertThat(inputs(component)).anyMatch(input -> input.startsWith(file));
  }

  @ParameterizedTest
  @MethodSource("components")
  void mountsOnlyWhatExists(Component component) {
    assertThat(inputs(component))
        .filteredOn(input -> input.startsWith("./infra/config/"))
        .allMatch(input -> Files.exists(ROOT.resolve(input.split(":", 2)[0])));
  }

  @ParameterizedTest
  @MethodSource("components")
  void publishesTheUsualPort(Component component) {
    Map<String, Integer> usual = component.ports(site());
    List<Integer> expected =
        Stream.concat(
                Stream.ofNullable(usual.get(component.name())),
                component.metricsPort(site()).map(usual::get).stream())
            .distinct()
            .toList();
    List<String> published = new ArrayList<>();
    services.get(component.name()).path("ports").forEach(port -> published.add(port.asText()));

    assertThat(published)
        .isEqualTo(expected.stream().map(one -> "127.0.0.1:" + one + ":" + one).toList());
  }

  @ParameterizedTest
  @MethodSource("components")
  void listensForPrometheusWhereItIsPublished(Component component) {
    if (component.afterSetup()) {
      int port = component.ports(site()).get(component.metricsPort(site()).orElseThrow());

      assertThat(services.get(component.name()).at("/environment/RIFFLE_METRICS_LISTEN").asText())
          .isEqualTo("0.0.0.0:" + port);
    }
  }

  @ParameterizedTest
  @MethodSource("components")
  void isAskedByTheConsoleWhereItListensForPrometheus(Component component) throws IOException {
    Path file = ROOT.resolve("infra/config/console/targets.json");
    List<String> targets = new YAMLMapper().readTree(file.toFile()).findValuesAsText("instance");

    if (component.metricsPort(site()).isPresent()) {
      int port = component.ports(site()).get(component.metricsPort(site()).orElseThrow());
      assertThat(targets).contains(component.name());
      assertThat(Files.readString(file)).contains("\"" + component.name() + ":" + port + "\"");
    }
  }

  @ParameterizedTest
  @MethodSource("components")
  void usesThePomsVersion(Component component) {
    JsonNode service = services.get(component.name());
    if (component.afterSetup()) {
      assertThat(service.at("/build/args/MAIN").asText()).isEqualTo(mainClass(component));
      return;
    }
    String image = service.get("image").asText();
    String tag = image.substring(image.indexOf(':') + 1);

    assertThat(tag).isEqualTo(expectedTag(component.name()));
  }

  private static String mainClass(Component component) {
    return component instanceof Console console
        ? console.mainClass()
        : ((RiffleService) component).mainClass();
  }

  /** A process without memory is started again; one that limps on is not. */
  @ParameterizedTest
  @ValueSource(
      strings = {"kafka", "connect", "merge-processor", "rif-producer", "cdc-source", "console"})
  void endsAProcessThatIsOutOfMemory(String service) {
    assertThat(services.get(service).get("environment").toString())
        .contains("-XX:+ExitOnOutOfMemoryError");
  }

  @Test
  void buildsFromTheImageFolder() {
    services.forEach(
        service -> {
          if (service.has("build")) {
            Path context = ROOT.resolve(service.at("/build/context").asText());
            Path dockerfile = context.resolve(service.at("/build/dockerfile").asText());
            assertThat(dockerfile.normalize()).isEqualTo(ROOT.resolve("infra/images/Dockerfile"));
          }
        });
  }

  /** Paths aside, which the containers' files and defaults give. */
  @Test
  void givesRifflesProgramsTheVariablesOfTheStack() throws IOException {
    JsonNode shared =
        new YAMLMapper()
            .readTree(ROOT.resolve("docker-compose.yml").toFile())
            .get("x-riffle-environment");
    Component program = Components.all().stream().filter(Component::afterSetup).findFirst().get();

    assertThat(shared.fieldNames())
        .toIterable()
        .containsAll(
            program.launch(startedSite()).environment().keySet().stream()
                .filter(name -> !ofEachProgram(name))
                .toList());
  }

  private static boolean ofEachProgram(String variable) {
    return variable.equals("RIFFLE_CONFIG") || variable.equals("RIFFLE_METRICS_LISTEN");
  }

  private Site startedSite() {
    Site site = site();
    Components.all().forEach(one -> one.ports(site).forEach(site.ports()::assign));
    return site;
  }

  private static String expectedTag(String component) {
    return switch (component) {
      case "postgres" -> Versions.of("postgres").replaceFirst("\\..*", "");
      case "s3proxy" -> "s3proxy-" + Versions.of("s3proxy");
      case "connect" -> Versions.of("kafka");
      default -> Versions.of(component);
    };
  }

  private static List<String> inputs(Component component) {
    JsonNode service = services.get(component.name());
    List<String> inputs = new ArrayList<>();
    service.path("volumes").forEach(volume -> inputs.add(volume.asText()));
    inputs.add(service.path("env_file").asText());
    return inputs;
  }

  private Site site() {
    return new Site(
        ROOT,
        new StackFolder(folder),
        SetName.MAIN,
        Ports.load(folder.resolve("ports"), PortPolicy.FREE),
        Secrets.load(folder.resolve("secrets")),
        List.of(),
        Map.of());
  }
}
