package io.riffle.operations.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.time.Clock;

/** The Connect worker: its version, its plug-ins, its connectors and their tasks. */
final class ConnectExamination implements Examination {
  private static final String SINK = "io.riffle.sink.RiffleSinkConnector";

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
    JsonNode connectors =
        HttpLook.at(endpoints.connectUrl().resolve("/connectors?expand=status")).body();
    String sink = new Topics(endpoints.set().text()).sinkConnector();
    if (!connectors.has(sink)) {
      findings.fail("there is no connector " + sink, "riffle setup makes it");
    }
    connectors
        .properties()
        .forEach(one -> connector(one.getKey(), one.getValue().path("status"), findings));
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

  private static void connector(String name, JsonNode status, Findings findings) {
    String state = status.path("connector").path("state").asText();
    if (state.equals("PAUSED") || state.equals("STOPPED")) {
      findings.warn(name + " is " + state, "somebody wanted that: Connect's REST API resumes it");
      return;
    } else if (!state.equals("RUNNING")) {
      findings.fail(name + " is " + state, restart(name));
      return;
    }
    int running = 0;
    for (JsonNode task : status.path("tasks")) {
      if (task.path("state").asText().equals("RUNNING")) {
        running++;
      } else {
        findings.fail(
            name + ": task " + task.path("id").asInt() + " is " + task.path("state").asText(),
            restart(name));
      }
    }
    if (running == 0) {
      findings.fail(name + " has no task that runs", restart(name));
    } else {
      findings.ok(name + " runs with " + running + (running == 1 ? " task" : " tasks"));
    }
  }

  private static String restart(String name) {
    return "the worker's log says why; POST /connectors/"
        + name
        + "/restart?includeTasks=true&onlyFailed=true starts it again";
  }
}
