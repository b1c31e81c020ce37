package io.riffle.bench.peer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.operations.client.Rest;
import io.riffle.operations.site.StackException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** The REST API of a Connect worker, as far as the duel needs it. */
final class ConnectWorker {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI root;

  ConnectWorker(URI root) {
    this.root = root;
  }

  boolean hasPlugin(String connectorClass) throws IOException, InterruptedException {
    for (JsonNode plugin : JSON.readTree(Rest.get(root.resolve("/connector-plugins")))) {
      if (plugin.path("class").asText().equals(connectorClass)) {
        return true;
      }
    }
    return false;
  }

  Map<String, String> config(String connector) throws IOException, InterruptedException {
    return JSON.readValue(Rest.get(at(connector, "/config")), new TypeReference<>() {});
  }

  void create(String connector, Map<String, String> config)
      throws IOException, InterruptedException {
    Rest.sendJson("PUT", at(connector, "/config"), JSON.writeValueAsString(config));
  }

  /** Its tasks end a little later. */
  void delete(String connector) throws IOException, InterruptedException {
    Rest.sendJson("DELETE", at(connector, ""), "");
  }

  /**
   * Returns quietly unless a task has failed.
   *
   * @throws StackException without the task's stack trace, which may quote rows
   */
  void requireHealthy(String connector) throws IOException, InterruptedException {
    // a list, as a connector that was just created has no status yet
    JsonNode all = JSON.readTree(Rest.get(root.resolve("/connectors?expand=status")));
    for (JsonNode task : all.path(connector).path("status").path("tasks")) {
      if (task.path("state").asText().equals("FAILED")) {
        throw new StackException(connector + " has failed; the log of Connect says why");
      }
    }
  }

  private URI at(String connector, String path) {
    return root.resolve("/connectors/" + connector + path);
  }
}
