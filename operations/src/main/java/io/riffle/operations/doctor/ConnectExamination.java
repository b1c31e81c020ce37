package io.riffle.operations.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffle.operations.overview.Connector;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The Connect worker: its version, its plug-ins, its connectors and their tasks. */
final class ConnectExamination implements Examination {
  private static final String SINK = "io.riffle.sink.RiffleSinkConnector";
  private static final String RUNNING = "RUNNING";

  private final Endpoints endpoints;
  private final ClockSkew skew;

  ConnectExamination(Endpoints endpoints, Clock clock) {
    this.endpoints = endpoints;
    this.skew = new ClockSkew(clock);
  }

  @Override
  public String part() {
    return "CONNECT";
  }

  @Override
  public String whenSilent() {
    return "is a worker of the set up at " + endpoints.connectUrl() + "?";
  }

  @Override
  public void examine(Findings findings) throws IOException, InterruptedException {
    HttpLook worker = HttpLook.at(endpoints.connectUrl().resolve("/"));
    findings.ok("version " + worker.body().path("version").asText() + " answers");
    skew.check(findings, worker.date());
    plugins(findings);
    Map<String, Connector> connectors = Connector.all(endpoints.connectUrl());
    String sink = new Topics(endpoints.set().text()).sinkConnector();
    if (!connectors.containsKey(sink)) {
      findings.fail("there is no connector " + sink, "riffle setup makes it");
    }
    connectors.values().forEach(one -> connector(one, findings));
  }

  private void plugins(Findings findings) throws IOException, InterruptedException {
    JsonNode plugins = HttpLook.at(endpoints.connectUrl().resolve("/connector-plugins")).body();
    if (plugins.findValuesAsText("class").contains(SINK)) {
      findings.ok("it has the sink's plug-in");
    } else {
      findings.fail(
          "it does not have the sink's plug-in", "put db-sink's folder on its plugin.path");
    }
  }

  /** One connector: a line for each task that does not run. */
  static void connector(Connector connector, Findings findings) {
    String name = connector.name();
    String state = connector.state();
    if (state.equals("PAUSED") || state.equals("STOPPED")) {
      findings.warn(name + " is " + state, "somebody wanted that: Connect's REST API resumes it");
      return;
    } else if (!state.equals(RUNNING)) {
      findings.fail(name + " is " + state, restart(name));
      return;
    }
    List<String> tasks = connector.tasks();
    long running = tasks.stream().filter(RUNNING::equals).count();
    for (int i = 0; i < tasks.size(); i++) {
      if (!tasks.get(i).equals(RUNNING)) {
        findings.fail(name + ": task " + i + " is " + tasks.get(i), restart(name));
      }
    }
    if (tasks.isEmpty()) {
      findings.fail(name + " has no task", restart(name));
    } else if (running == tasks.size()) {
      findings.ok(name + " runs with " + running + (running == 1 ? " task" : " tasks"));
    }
  }

  private static String restart(String name) {
    return "the worker's log says why; POST /connectors/"
        + name
        + "/restart?includeTasks=true&onlyFailed=true starts it again";
  }
}
