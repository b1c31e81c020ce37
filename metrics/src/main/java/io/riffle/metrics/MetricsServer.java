package io.riffle.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code GET /metrics} for Prometheus, by a thread of its own, until it is closed. */
public final class MetricsServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MetricsServer.class);
  private static final int OK = 200;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int NO_BODY = -1;

  private final Meters meters;
  private final HttpServer server;
  private final ExecutorService thread;

  private MetricsServer(Meters meters, HttpServer server) {
    this.meters = meters;
    this.server = server;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "metrics");
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * Begins to listen.
   *
   * @param listen port 0 takes a free one
   * @throws UncheckedIOException when it cannot listen there
   */
  public static MetricsServer start(Meters meters, InetSocketAddress listen) {
    try {
      HttpServer http = HttpServer.create(listen, 0);
      MetricsServer server = new MetricsServer(meters, http);
      http.createContext("/metrics", server::answer);
      http.setExecutor(server.thread);
      http.start();
      log.atInfo().addKeyValue("address", server.address()).log("metrics are there");
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen at " + listen + ": " + e.getMessage(), e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, NO_BODY);
        return;
      }
      String accept = exchange.getRequestHeaders().getFirst("Accept");
      byte[] body = meters.scrape(accept).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", Meters.contentType(accept));
      exchange.sendResponseHeaders(OK, body.length);
      exchange.getResponseBody().write(body);
    } catch (RuntimeException | LinkageError e) {
      log.atWarn().setCause(e).log("a scrape failed");
      throw e;
    }
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }
}
