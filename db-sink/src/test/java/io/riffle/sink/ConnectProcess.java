package io.riffle.sink;

import static org.awaitility.Awaitility.await;

import io.riffle.testing.ChildJvm;
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
import org.apache.kafka.connect.cli.ConnectDistributed;

/** A Connect worker in a JVM of its own, so that it can be killed. */
record ConnectProcess(ChildJvm jvm, URI rest) implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Starts a worker; two with the same properties are of one group. */
  static ConnectProcess start(Map<String, String> properties, Path folder, String... jvmOptions) {
    List<String> options = new ArrayList<>(List.of("-Xmx400m", "-XX:TieredStopAtLevel=1"));
    options.addAll(List.of(jvmOptions));
    URI rest = URI.create("http://localhost:" + freePort());
    List<String> lines = new ArrayList<>(List.of("listeners=" + rest));
    properties.forEach((key, value) -> lines.add(key + "=" + value));
    try {
      Path file = Files.write(Files.createTempFile(folder, "connect", ".properties"), lines);
      Path log = Files.createTempFile(folder, "connect", ".log");
      List<String> worker = List.of(ConnectDistributed.class.getName(), file.toString());
      return new ConnectProcess(ChildJvm.start(options, worker, Map.of(), log), rest);
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
  void configure(String config) {
    HttpRequest request =
        HttpRequest.newBuilder(rest.resolve("/connectors/" + ConnectSettings.NAME + "/config"))
            .header("Content-Type", "application/json")
            .method("PUT", BodyPublishers.ofString(config))
            .build();
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> HTTP.send(request, BodyHandlers.ofString()).statusCode() / 100 == 2);
  }

  @Override
  public void close() {
    jvm.close();
  }
}
