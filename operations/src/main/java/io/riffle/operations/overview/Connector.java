package io.riffle.operations.overview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.operations.client.Rest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A connector as its worker sees it.
 *
 * @param state Connect's word: RUNNING, PAUSED, STOPPED, FAILED, UNASSIGNED, RESTARTING
 * @param tasks the same of each task, in order
 */
public record Connector(String name, String state, List<String> tasks) {
  private static final String RUNNING = "RUNNING";

  public Connector {
    tasks = List.copyOf(tasks);
  }

  /**
   * All connectors of a worker by name, with one request.
   *
   * @param connect root of Connect's REST API
   * @throws IOException when it does not answer
   */
  public static Map<String, Connector> all(URI connect) throws IOException, InterruptedException {
    JsonNode answer =
        new ObjectMapper().readTree(Rest.get(connect.resolve("/connectors?expand=status")));
    Map<String, Connector> all = new TreeMap<>();
    answer
        .properties()
        .forEach(one -> all.put(one.getKey(), of(one.getKey(), one.getValue().path("status"))));
    return all;
  }

  private static Connector of(String name, JsonNode status) {
    List<String> tasks = new ArrayList<>();
    status.path("tasks").forEach(task -> tasks.add(task.path("state").asText()));
    return new Connector(name, status.path("connector").path("state").asText(), tasks);
  }

  /** What is amiss with it; nothing when it runs with all its tasks. */
  public List<Standing> standings() {
    List<Standing> standings = new ArrayList<>();
    switch (state) {
      case RUNNING -> {}
      case "FAILED" -> standings.add(new Standing(PipelineState.FAILED, name + " is FAILED"));
      case "PAUSED" -> standings.add(new Standing(PipelineState.PAUSED, name + " is PAUSED"));
      case "STOPPED" -> standings.add(new Standing(PipelineState.STOPPED, name + " is STOPPED"));
      default -> standings.add(new Standing(PipelineState.DEGRADED, name + " is " + state));
    }
    long running = tasks.stream().filter(RUNNING::equals).count();
    long failed = tasks.stream().filter("FAILED"::equals).count();
    if (failed > 0) {
      // Partitions of a failed task are nobody's until it is restarted.
      standings.add(
          new Standing(
              PipelineState.FAILED,
              "%s: %d of %d tasks are FAILED".formatted(name, failed, tasks.size())));
    } else if (state.equals(RUNNING) && running < Math.max(1, tasks.size())) {
      standings.add(
          new Standing(
              PipelineState.DEGRADED,
              "%s: %d of %d tasks run".formatted(name, running, tasks.size())));
    }
    return standings;
  }
}
