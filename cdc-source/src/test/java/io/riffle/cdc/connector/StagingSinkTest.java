package io.riffle.cdc.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.riffle.cdc.config.CdcConfig;
import io.riffle.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of the staging connector, with a Connect that says what it is told to. */
class StagingSinkTest {
  private static final String RUNNING =
      """
      {"connector": {"state": "RUNNING"}, "tasks": [{"state": "RUNNING"}]}""";

  private final List<String> calls = new ArrayList<>();
  private HttpServer server;
  private CdcConfig config;
  private Connect connect;
  private String status = RUNNING;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    String url = "http://localhost:" + server.getAddress().getPort();
    config =
        Settings.of(
                Map.of(
                    "kafka.bootstrap-servers", "localhost:1",
                    "registry.url", url,
                    "database.url", "jdbc:postgresql://localhost/riffle",
                    "database.user", "riffle",
                    "database.password", "hidden",
                    "connect.url", url))
            .build(CdcConfig::from);
    connect = new Connect(URI.create(url));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void nothingIsToldOfOneThatRuns() {
    assertThat(StagingSink.ensure(connect, config, () -> true)).isEmpty();
    assertThat(calls).noneMatch(call -> call.startsWith("P"));
  }

  @Test
  void oneThatSomebodyPausedIsToldAndStaysSo() {
    status =
        """
        {"connector": {"state": "PAUSED"}, "tasks": [{"state": "PAUSED"}]}""";

    assertThat(StagingSink.ensure(connect, config, () -> true))
        .contains("nothing is staged: connector main-staging is PAUSED");
    assertThat(calls).noneMatch(call -> call.startsWith("P"));
  }

  @Test
  void oneThatFailedIsToldAndStartsAgainWhenThatIsDue() {
    status =
        """
        {"connector": {"state": "RUNNING"},
         "tasks": [{"state": "FAILED", "trace": "java.lang.IllegalStateException: Mary Doe\\n\\tat x"}]}""";

    assertThat(StagingSink.ensure(connect, config, () -> false))
        .contains("nothing is staged: connector main-staging is FAILED, IllegalStateException");
    assertThat(calls).noneMatch(call -> call.startsWith("P"));

    StagingSink.ensure(connect, config, () -> true);
    assertThat(calls)
        .contains("POST /connectors/main-staging/restart?includeTasks=true&onlyFailed=true");
  }

  private void answer(HttpExchange exchange) throws IOException {
    calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    String path = exchange.getRequestURI().getPath();
    String text =
        path.endsWith("/config")
            ? new ObjectMapper().writeValueAsString(StagingSink.config(config))
            : status;
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }
}
