package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.config.DurationText;
import io.riffle.infra.pauses.PausedPart;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.ServiceState;
import io.riffle.infra.stack.ServiceStatus;
import io.riffle.operations.overview.Overview;
import io.riffle.operations.overview.OverviewJson;
import io.riffle.operations.overview.PipelineState;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The services as a table, or as one JSON object on one line; and what pauses within them. */
final class StatusReport {
  private static final String PAUSED = "PAUSED";

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final List<ServiceStatus> services;
  private final Map<String, List<PausedPart>> pauses;
  private final Optional<Overview> pipelines;

  private StatusReport(
      List<ServiceStatus> services,
      Map<String, List<PausedPart>> pauses,
      Optional<Overview> pipelines) {
    this.services = services;
    this.pauses = pauses;
    this.pipelines = pipelines;
  }

  /** How everything is now; takes two looks at the pipelines, for their rates. */
  static StatusReport of(LocalStack stack) throws InterruptedException {
    Map<String, List<PausedPart>> pauses = stack.pauses();
    return new StatusReport(stack.status(), pauses, StackOverview.of(stack, pauses));
  }

  /** What runs: who has just started may still wait for somebody. */
  static StatusReport afterStart(LocalStack stack) {
    return new StatusReport(stack.status(), Map.of(), Optional.empty());
  }

  /** Prints, and returns the exit code: 0 when all run and none pauses. */
  int print(StackOptions options) {
    System.out.println(
        options.json() ? json(options) : pipelinesAsText() + table() + pausesAsText());
    return allWork() ? Riffle.OK : Riffle.NOT_OK;
  }

  private boolean allWork() {
    return pauses.isEmpty()
        && pipelines.map(Overview::state).orElse(PipelineState.RUNNING) == PipelineState.RUNNING
        && services.stream().allMatch(service -> service.state() == ServiceState.RUNNING);
  }

  private String state(ServiceStatus service) {
    return pauses.containsKey(service.name()) ? PAUSED : service.state().name();
  }

  private String pipelinesAsText() {
    return pipelines.map(overview -> OverviewText.of(overview) + "\n\n").orElse("");
  }

  private String pausesAsText() {
    if (pauses.isEmpty()) {
      return "";
    }
    Table table =
        new Table("PART", "STATE", "SINCE (UTC)", "FAILURES", "VERDICT", "NEIGHBOUR", "WHY");
    pauses
        .values()
        .forEach(
            parts ->
                parts.forEach(
                    part ->
                        table.row(
                            part.part(),
                            state(part),
                            SECONDS.format(part.since()),
                            Integer.toString(part.failures()),
                            part.verdict(),
                            part.neighbour(),
                            part.cause() + ": " + part.text())));
    return "\n\n" + table;
  }

  private static String state(PausedPart part) {
    return part.stopped() ? "STOPPED" : PAUSED;
  }

  private String table() {
    Table table = new Table("SERVICE", "STATE", "PID", "PORTS", "MEMORY", "UPTIME", "LOG");
    for (ServiceStatus service : services) {
      table.row(
          service.name(),
          state(service),
          service.pid().isPresent() ? Long.toString(service.pid().getAsLong()) : "-",
          ports(service),
          service.memory().isPresent() ? service.memory().getAsLong() / (1 << 20) + " MB" : "-",
          service.uptime().map(DurationText::about).orElse("-"),
          service.log().toString());
    }
    return table.toString();
  }

  private String json(StackOptions options) {
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("set", options.set().text()).put("ok", allWork());
    pipelines.ifPresent(overview -> report.set("pipelines", OverviewJson.pipelines(overview)));
    var list = report.putArray("services");
    services.forEach(service -> describe(service, list.addObject()));
    return report.toString();
  }

  private void describe(ServiceStatus service, ObjectNode node) {
    node.put("name", service.name()).put("state", state(service));
    service.pid().ifPresent(pid -> node.put("pid", pid));
    ObjectNode ports = node.putObject("ports");
    new TreeMap<>(service.ports()).forEach(ports::put);
    service.memory().ifPresent(bytes -> node.put("memoryBytes", bytes));
    service.uptime().ifPresent(uptime -> node.put("uptimeSeconds", uptime.toSeconds()));
    node.put("log", service.log().toString());
    if (pauses.containsKey(service.name())) {
      ArrayNode list = node.putArray("pauses");
      pauses.get(service.name()).forEach(part -> describe(part, list.addObject()));
    }
  }

  private static void describe(PausedPart part, ObjectNode node) {
    node.put("set", part.set()).put("part", part.part()).put("state", state(part));
    node.put("since", part.since().toString()).put("failures", part.failures());
    node.put("verdict", part.verdict()).put("neighbour", part.neighbour());
    node.put("cause", part.cause()).put("text", part.text());
  }

  private static String ports(ServiceStatus service) {
    return service.ports().isEmpty()
        ? "-"
        : new TreeMap<>(service.ports())
            .values().stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
