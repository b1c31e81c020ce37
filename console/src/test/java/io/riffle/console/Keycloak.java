package io.riffle.console;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real Keycloak with the realm {@code riffle}, on loopback, from a folder of the build. */
final class Keycloak implements AutoCloseable {
  static final String SECRET = "client-secret-of-a-test-91c4";
  static final String PASSWORD = "a-password-of-a-test-7d2e";
  private static final Path UNPACKED = Path.of("target/keycloak");
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final int OK = 200;

  private final Process process;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private Keycloak(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Where the build puts it; empty in a build of anything but suite pages. */
  static Optional<Path> folder() throws IOException {
    if (!Files.isDirectory(UNPACKED)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(UNPACKED)) {
      return folders.filter(at -> Files.exists(at.resolve("bin/kc.sh"))).findFirst();
    }
  }

  /**
   * Starts it anew, and waits until it answers.
   *
   * @param console where browsers are sent back to
   */
  static Keycloak start(URI console) throws IOException {
    Path folder = folder().orElseThrow().toAbsolutePath();
    delete(folder.resolve("data"));
    Files.createDirectories(folder.resolve("data/import"));
    Files.writeString(folder.resolve("data/import/riffle-realm.json"), realm(console));
    int port = OidcIT.freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash",
                "bin/kc.sh",
                "start-dev",
                "--import-realm",
                "--http-host=127.0.0.1",
                "--http-port=" + port)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(UNPACKED.resolve("keycloak.log").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
    builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
    Keycloak keycloak = new Keycloak(builder.start(), port);
    await().atMost(START_LIMIT).until(() -> !keycloak.process.isAlive() || keycloak.answers());
    if (!keycloak.process.isAlive()) {
      throw new IllegalStateException("it ended: " + UNPACKED.resolve("keycloak.log"));
    }
    return keycloak;
  }

  private static String realm(URI console) throws IOException {
    try (InputStream file = Keycloak.class.getResourceAsStream("/keycloak/riffle-realm.json")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@CONSOLE@", console.toString())
          .replace("@SECRET@", SECRET)
          .replace("@PASSWORD@", PASSWORD);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      }
    }
  }

  URI issuer() {
    return URI.create("http://127.0.0.1:" + port + "/realms/riffle");
  }

  private boolean answers() throws InterruptedException {
    URI document = URI.create(issuer() + "/.well-known/openid-configuration");
    try {
      return client
              .send(
                  HttpRequest.newBuilder(document).build(), HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == OK;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  /** An access token of a program. */
  String accessToken(String program, Map<String, String> grant)
      throws IOException, InterruptedException {
    String form =
        Stream.concat(
                grant.entrySet().stream(),
                Map.of("client_id", program, "client_secret", SECRET).entrySet().stream())
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != OK) {
      throw new IllegalStateException("no token: " + answer.statusCode() + " " + answer.body());
    }
    return new ObjectMapper().readTree(answer.body()).get("access_token").asText();
  }

  /** Kills it with the JVM that its script started. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
