package io.riffle.cdc.connector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.cdc.source.SourceException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Connect's REST interface, as far as connectors are kept here. Safe for use by several threads.
 *
 * <p>Calls throw {@link ConnectUnavailableException} when Connect does not answer, is away, or
 * shares out its work, and {@link SourceException} when it refuses.
 */
public final class Connect {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int SERVER_ERROR = 500;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI url;

  public Connect(URI url) {
    this.url = url;
  }

  /** The configuration as it was given, places of secrets included; none without a connector. */
  public Optional<Map<String, String>> config(String connector) {
    return get("/connectors/" + connector + "/config")
        .map(body -> json.convertValue(body, new TypeReference<Map<String, String>>() {}));
  }

  public Optional<ConnectorStatus> status(String connector) {
    return get("/connectors/" + connector + "/status").map(Connect::status);
  }

  /** What a source connector has stored; none before its first transaction. */
  public Optional<StoredOffset> offset(String connector) {
    return get("/connectors/" + connector + "/offsets")
        .map(body -> body.path("offsets").path(0).path("offset"))
        .filter(offset -> offset.has("lsn"))
        .map(
            offset ->
                new StoredOffset(
                    offset.path(offset.hasNonNull("lsn_commit") ? "lsn_commit" : "lsn").asLong(),
                    at(offset),
                    Optional.of(offset.path("incremental_snapshot_correlation_id").asText(""))
                        .filter(id -> !id.isEmpty() && !id.equals("null"))));
  }

  private static Optional<Instant> at(JsonNode offset) {
    long micros = offset.path("ts_usec").asLong();
    return micros == 0
        ? Optional.empty()
        : Optional.of(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  /** Makes a connector that does nothing yet. */
  public void createStopped(String connector, Map<String, String> config) {
    String body =
        json.createObjectNode()
            .put("name", connector)
            .put("initial_state", "STOPPED")
            .set("config", json.valueToTree(config))
            .toString();
    send("POST", "/connectors", body);
  }

  /** Makes a connector, or gives it another configuration, with which its task starts anew. */
  public void configure(String connector, Map<String, String> config) {
    try {
      send("PUT", "/connectors/" + connector + "/config", json.writeValueAsString(config));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts can be written", e);
    }
  }

  /** Its task ends; see {@link ConnectorStatus#isStopped}. */
  public void stop(String connector) {
    send("PUT", "/connectors/" + connector + "/stop", "");
  }

  public void resume(String connector) {
    send("PUT", "/connectors/" + connector + "/resume", "");
  }

  /** What has failed of it starts again. */
  public void restart(String connector) {
    send("POST", "/connectors/" + connector + "/restart?includeTasks=true&onlyFailed=true", "");
  }

  /** It starts again, what works of it too: with secrets as they are now. */
  public void restartAll(String connector) {
    send("POST", "/connectors/" + connector + "/restart?includeTasks=true&onlyFailed=false", "");
  }

  /** It will begin where its slot does; it must be stopped. */
  public void forgetOffsets(String connector) {
    send("DELETE", "/connectors/" + connector + "/offsets", "");
  }

  public void delete(String connector) {
    send("DELETE", "/connectors/" + connector, "");
  }

  private Optional<JsonNode> get(String path) {
    HttpResponse<String> response = request("GET", path, "");
    if (response.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    return Optional.of(parsed(checked("GET", path, response)));
  }

  private void send(String method, String path, String body) {
    checked(method, path, request(method, path, body));
  }

  private HttpResponse<String> request(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new ConnectUnavailableException("no answer at " + url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectUnavailableException("interrupted", e);
    }
  }

  private String checked(String method, String path, HttpResponse<String> response) {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return response.body();
    }
    String message = message(response.body());
    if (status == NOT_FOUND && message.isEmpty()) {
      throw ConnectUnavailableException.ofStart(); // it knows none of its paths at first
    }
    String what = method + " " + path + " answered " + status + ": " + message;
    boolean passing = status == CONFLICT || status == NOT_FOUND || status >= SERVER_ERROR;
    throw passing ? new ConnectUnavailableException(what) : new SourceException("Connect: " + what);
  }

  private String message(String body) {
    try {
      return json.readTree(body).path("message").asText("");
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private JsonNode parsed(String body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      throw new ConnectUnavailableException("its answer is no JSON", e);
    }
  }

  private static ConnectorStatus status(JsonNode body) {
    JsonNode task = body.path("tasks").path(0);
    String trace = task.path("trace").asText(body.at("/connector/trace").asText(""));
    return new ConnectorStatus(
        body.at("/connector/state").asText(),
        Optional.ofNullable(task.path("state").textValue()),
        TaskTrace.shown(trace));
  }
}
