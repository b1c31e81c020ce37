package io.riffle.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.riffle.net.HttpFault.After;
import io.riffle.net.HttpFault.EndAfter;
import io.riffle.net.HttpFault.Refused;
import io.riffle.net.HttpFault.ResetAfter;
import io.riffle.net.HttpFault.Shortened;
import io.riffle.net.HttpFault.SilentAfter;
import io.riffle.net.HttpFault.Slow;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real HTTP server behind it, and the JDK's client before it. */
class HttpFaultProxyTest {

  private final AtomicReference<String> body = new AtomicReference<>("0123456789");
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private HttpServer server;
  private HttpFaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    proxy = HttpFaultProxy.before(server.getAddress().getPort());
  }

  @AfterEach
  void close() {
    proxy.close();
    server.stop(0);
  }

  /** What was sent, and what is stored. */
  private void answer(HttpExchange exchange) throws IOException {
    String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    byte[] bytes = (sent + body.get()).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void requestsAndAnswersGoThrough() throws IOException {
    assertThat(get("/a")).isEqualTo("0123456789");
    HttpURLConnection put = open("/a");
    put.setRequestMethod("PUT");
    put.setDoOutput(true);
    put.getOutputStream().write("sent-".getBytes(StandardCharsets.UTF_8));
    assertThat(text(put)).isEqualTo("sent-0123456789");
  }

  @Test
  void someRequestsAreRefusedAndThoseAfterThemAreNot() throws IOException {
    HttpFaultProxy.Rule rule =
        proxy.fail(2, request -> request.target().equals("/b"), new Refused(503, "SlowDown"));

    assertThat(get("/a")).isEqualTo("0123456789");
    assertThat(open("/b").getResponseCode()).isEqualTo(503);
    HttpURLConnection refused = open("/b");
    assertThat(refused.getResponseCode()).isEqualTo(503);
    assertThat(new String(refused.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("<Code>SlowDown</Code>");
    assertThat(get("/b")).isEqualTo("0123456789");
    assertThat(rule.met()).isEqualTo(2);
  }

  @Test
  void bodiesBreakOff() {
    proxy.fail(1, request -> true, new EndAfter(4));
    assertThatIOException().isThrownBy(() -> get("/a"));
    proxy.heal();
    proxy.fail(1, request -> true, new ResetAfter(4));
    assertThatIOException().isThrownBy(() -> get("/a"));
  }

  @Test
  void aShortenedBodyLooksWhole() throws IOException {
    proxy.fail(1, request -> true, new Shortened(4));
    assertThat(get("/a")).isEqualTo("0123");
    assertThat(get("/a")).isEqualTo("0123456789");
  }

  @Test
  void aSilentBodyEndsWhenItIsHealed() throws IOException {
    proxy.fail(1, request -> true, new SilentAfter(4));
    HttpURLConnection connection = open("/a");
    connection.setReadTimeout(300);
    assertThat(connection.getInputStream().readNBytes(4)).hasSize(4);
    Assertions.assertThatThrownBy(() -> connection.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    proxy.heal();
    assertThat(get("/a")).isEqualTo("0123456789");
  }

  @Test
  void aSlowBodyTakesItsTime() throws IOException {
    proxy.fail(1, request -> true, new Slow(20));
    long begin = System.nanoTime();
    assertThat(get("/a")).isEqualTo("0123456789");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(400));
  }

  @Test
  void aDeedComesBeforeTheAnswer() throws IOException {
    proxy.fail(1, request -> request.method().equals("GET"), new After(() -> body.set("other")));
    assertThat(get("/a")).isEqualTo("other");
  }

  /** A client that holds a body against its Content-Length, which the older one does not. */
  private String get(String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + path)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private HttpURLConnection open(String path) throws IOException {
    URI address = URI.create("http://127.0.0.1:" + proxy.port() + path);
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setReadTimeout(10_000);
    return connection;
  }

  private static String text(HttpURLConnection connection) throws IOException {
    return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
