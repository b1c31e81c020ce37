package io.riffle.sink;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.cli.ConnectDistributed;

/** A Connect worker in a JVM of its own, so that it can be killed. */
final class ConnectProcess implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final URI rest;

  private ConnectProcess(Process process, URI rest) {
    this.process = process;
    this.rest = rest;
  }

  /** Starts a worker; two with the same properties are of one group. */
  static ConnectProcess start(Map<String, String> properties, Path folder, String... jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx400m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ConnectDistributed.class.getName());
    URI rest = URI.create("http://localhost:" + freePort());
    try {
      List<String> lines = new ArrayList<>(List.of("listeners=" + rest));
      properties.forEach((key, value) -> lines.add(key + "=" + value));
      command.add(
          Files.write(Files.createTempFile(folder, "connect", ".properties"), lines).toString());
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(Files.createTempFile(folder, "connect", ".log").toFile());
      return new ConnectProcess(builder.start(), rest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates the connector as soon as the worker can. */
  void configure(String name, String config) {
    HttpRequest request =
        HttpRequest.newBuilder(rest.resolve("/connectors/" + name + "/config"))
            .header("Content-Type", "application/json")
            .method("PUT", BodyPublishers.ofString(config))
            .build();
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> HTTP.send(request, BodyHandlers.ofString()).statusCode() / 100 == 2);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; the exit code, or -1 when it takes longer than the limit. */
  int terminate(long limitSeconds) throws InterruptedException {
    process.destroy();
    return process.waitFor(limitSeconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
