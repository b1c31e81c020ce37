package io.riffle.cdc.connector;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker that starts is told from one that is away, or refuses. */
class ConnectTest {
  private HttpServer server;
  private Connect connect;
  private int status;
  private String body = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    connect = new Connect(URI.create("http://localhost:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aWorkerThatKnowsNoPathStarts() {
    status = 404;
    assertThatExceptionOfType(ConnectUnavailableException.class)
        .isThrownBy(() -> connect.stop("one"))
        .withMessage("its worker still starts")
        .matches(ConnectUnavailableException::isStarting);
  }

  @Test
  void aConnectorThatIsNotThereIsNoStart() {
    status = 404;
    body = "{\"error_code\":404,\"message\":\"Unknown connector one\"}";
    assertThatExceptionOfType(ConnectUnavailableException.class)
        .isThrownBy(() -> connect.stop("one"))
        .withMessageContaining("Unknown connector one")
        .matches(thrown -> !thrown.isStarting());
  }

  @Test
  void aWorkerThatIsBusyOrAwayIsNoStart() {
    status = 409;
    assertThatExceptionOfType(ConnectUnavailableException.class)
        .isThrownBy(() -> connect.stop("one"))
        .matches(thrown -> !thrown.isStarting());
    server.stop(0);
    assertThatExceptionOfType(ConnectUnavailableException.class)
        .isThrownBy(() -> connect.stop("one"))
        .withMessageContaining("no answer")
        .matches(thrown -> !thrown.isStarting());
  }
}
