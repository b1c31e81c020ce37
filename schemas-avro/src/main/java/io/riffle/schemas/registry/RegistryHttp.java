package io.riffle.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.riffle.schemas.registry.RegistryConfig.Credentials;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to whichever URL of the registry answers. I/O errors, time-outs, 408, 429 and 5xx go to
 * the next URL; when all failed, again after a pause. Everything else is an answer.
 */
final class RegistryHttp {
  private static final Logger log = LoggerFactory.getLogger(RegistryHttp.class);
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

  private final RegistryConfig config;
  private final HttpClient client;
  private volatile int preferred;

  RegistryHttp(RegistryConfig config) {
    this.config = config;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.timeout());
    TlsContext.of(config.tls()).ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  Reply get(String path) {
    return send(path, request -> request.GET(), false);
  }

  /** Like {@link #get}, but a 404 of one URL is the answer only if no other URL has better. */
  Reply getWhereFound(String path) {
    return send(path, request -> request.GET(), true);
  }

  Reply post(String path, JsonNode body) {
    return send(path, request -> withBody(request, "POST", body), false);
  }

  Reply put(String path, JsonNode body) {
    return send(path, request -> withBody(request, "PUT", body), false);
  }

  private Reply send(String path, Method method, boolean beyondNotFound) {
    Retries retries = new Retries(config.attempts(), config.backoff());
    do {
      Optional<Reply> reply = tryEachUrl(path, method, beyondNotFound, retries);
      if (reply.isPresent()) {
        return reply.get();
      }
    } while (retries.pauseAndGoOn());
    throw retries.usedUp();
  }

  private Optional<Reply> tryEachUrl(
      String path, Method method, boolean beyondNotFound, Retries retries) {
    Reply notFound = null;
    int first = preferred;
    int count = config.urls().size();
    for (int i = 0; i < count; i++) {
      int index = (first + i) % count;
      Optional<Reply> reply = tryUrl(config.urls().get(index), path, method, retries);
      if (reply.isPresent() && (reply.get().status() != 404 || !beyondNotFound)) {
        preferred = index;
        return reply;
      }
      notFound = reply.orElse(notFound);
    }
    return Optional.ofNullable(notFound);
  }

  private Optional<Reply> tryUrl(URI base, String path, Method method, Retries retries) {
    try {
      HttpResponse<byte[]> response = exchange(request(base, path, method));
      if (!retriable(response.statusCode())) {
        return Optional.of(new Reply(response.statusCode(), parse(response.body())));
      }
      retries.failed(base + " HTTP " + response.statusCode(), response.statusCode());
    } catch (IOException e) {
      retries.failed(base + " " + e, e);
    }
    log.atDebug().addKeyValue("failure", retries.lastFailure()).log("Registry request failed");
    return Optional.empty();
  }

  /**
   * The client's own time-out ends with the headers; this one spans the body, too.
   *
   * @throws IOException if there is no response in time
   */
  private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(request, status -> new BoundedBody(MAX_BODY_BYTES));
    try {
      return response.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no response in " + config.timeout(), e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryUnavailableException("interrupted", e);
    } finally {
      response.cancel(true);
    }
  }

  private HttpRequest request(URI base, String path, Method method) {
    String root = base.toString().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path))
            .timeout(config.timeout())
            .header("Accept", MEDIA_TYPE + ", application/json");
    config.credentials().ifPresent(login -> request.header("Authorization", basic(login)));
    return method.on(request).build();
  }

  private static HttpRequest.Builder withBody(
      HttpRequest.Builder request, String method, JsonNode body) {
    return request
        .header("Content-Type", MEDIA_TYPE)
        .method(method, BodyPublishers.ofString(body.toString()));
  }

  private static String basic(Credentials login) {
    byte[] pair =
        (login.username() + ":" + login.password().reveal()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static boolean retriable(int status) {
    return status >= 500 || status == 429 || status == 408;
  }

  private static JsonNode parse(byte[] body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private interface Method {
    HttpRequest.Builder on(HttpRequest.Builder request);
  }
}
