package io.riffle.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;

/**
 * A web server that answers as told. Answers for a path are given in order, the last one again and
 * again.
 */
public final class StubServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

  private StubServer(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public static StubServer start() {
    try {
      return new StubServer(HttpServer.create(loopback(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static StubServer startTls(SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new StubServer(server);
  }

  public static String schemaBody(Schema schema) {
    return "{\"schema\":\"" + schema.toString().replace("\"", "\\\"") + "\"}";
  }

  public URI url() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://localhost:" + server.getAddress().getPort());
  }

  public synchronized void answer(String path, int status, String body) {
    answers.computeIfAbsent(path, key -> new ArrayDeque<>()).add(new Answer(status, body));
  }

  /** Method, path and authorization of what came so far. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String login = exchange.getRequestHeaders().getFirst("Authorization");
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    requests.add(new Request(exchange.getRequestMethod(), path, login, body));
    Answer answer = next(path);
    byte[] bytes = answer.body().getBytes(UTF_8);
    if (answer.status() == NEVER) {
      return;
    }
    boolean stalls = answer.status() == STALL_IN_BODY;
    exchange.sendResponseHeaders(stalls ? 200 : answer.status(), bytes.length + (stalls ? 1 : 0));
    exchange.getResponseBody().write(bytes);
    exchange.getResponseBody().flush();
    if (!stalls) {
      exchange.close();
    }
  }

  private synchronized Answer next(String path) {
    Deque<Answer> left = answers.get(path);
    if (left == null) {
      return new Answer(404, "<html>Not Found</html>");
    }
    return left.size() > 1 ? left.remove() : left.element();
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** A status that stands for no answer at all. */
  static final int NEVER = -1;

  /** A status that stands for 200 and a body that never ends. */
  static final int STALL_IN_BODY = -2;

  public record Request(String method, String path, String authorization, String body) {}

  private record Answer(int status, String body) {}
}
