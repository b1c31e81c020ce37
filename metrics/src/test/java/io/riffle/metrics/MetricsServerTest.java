package io.riffle.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.riffle.failure.Failure;
import io.riffle.failure.Neighbour;
import io.riffle.failure.Pause;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
  private final Meters meters = Meters.open();
  private final MetricsServer server =
      MetricsServer.start(meters, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  @AfterEach
  void close() {
    server.close();
    meters.close();
  }

  @Test
  void showsMetersOfTheProgramAndOfItsJvm() throws Exception {
    Counter.builder("rows").tag("table", "claims").register(meters.registry()).increment(3);

    HttpResponse<String> answer = get("/metrics", "GET");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    assertThat(answer.body())
        .contains("rows_total{table=\"claims\"} 3.0")
        .contains("jvm_memory_used_bytes{")
        .contains("process_uptime_seconds");
  }

  @Test
  void showsWhatWaits() throws Exception {
    try (Pause pause = Pause.of("main", "scanner")) {
      assertThat(body()).contains("part_paused{part=\"scanner\",set=\"main\"} 0.0");

      pause.failed(Failure.noAnswer(Neighbour.KAFKA, "no answer"));
      assertThat(body())
          .contains("part_paused{part=\"scanner\",set=\"main\"} 1.0")
          .contains("part_pauses_total{part=\"scanner\",set=\"main\"} 1.0")
          .doesNotContain("part_stopped{");

      pause.stopped(Failure.ofDefect(new IllegalStateException()));
      assertThat(body()).contains("part_stopped{part=\"scanner\",set=\"main\"} 1.0");
    }
  }

  @Test
  void answersNothingElse() throws Exception {
    assertThat(get("/metrics", "POST").statusCode()).isEqualTo(405);
    assertThat(get("/", "GET").statusCode()).isEqualTo(404);
  }

  @Test
  void speaksOpenMetricsToWhoAsksForIt() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/metrics"))
            .header("Accept", "application/openmetrics-text; version=1.0.0")
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body())
        .endsWith("# EOF\n");
  }

  private String body() throws Exception {
    return get("/metrics", "GET").body();
  }

  private HttpResponse<String> get(String path, String method) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
  }
}
