package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.ServiceState;
import io.riffle.infra.stack.ServiceStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The services as a table, or as one JSON object on one line. */
final class StatusReport {
  private final List<ServiceStatus> services;

  StatusReport(LocalStack stack) {
    services = stack.status();
  }

  /** Prints, and returns the exit code: 0 when all run. */
  int print(StackOptions options) {
    System.out.println(options.json() ? json(options) : table());
    return allRun() ? Riffle.OK : Riffle.NOT_OK;
  }

  private boolean allRun() {
    return services.stream().allMatch(service -> service.state() == ServiceState.RUNNING);
  }

  private String table() {
    Table table = new Table("SERVICE", "STATE", "PID", "PORTS", "MEMORY", "UPTIME", "LOG");
    for (ServiceStatus service : services) {
      table.row(
          service.name(),
          service.state().name(),
          service.pid().isPresent() ? Long.toString(service.pid().getAsLong()) : "-",
          ports(service),
          service.memory().isPresent() ? service.memory().getAsLong() / (1 << 20) + " MB" : "-",
          service.uptime().map(StatusReport::text).orElse("-"),
          service.log().toString());
    }
    return table.toString();
  }

  private String json(StackOptions options) {
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("set", options.set().text()).put("ok", allRun());
    var list = report.putArray("services");
    services.forEach(service -> describe(service, list.addObject()));
    return report.toString();
  }

  private static void describe(ServiceStatus service, ObjectNode node) {
    node.put("name", service.name()).put("state", service.state().name());
    service.pid().ifPresent(pid -> node.put("pid", pid));
    ObjectNode ports = node.putObject("ports");
    new TreeMap<>(service.ports()).forEach(ports::put);
    service.memory().ifPresent(bytes -> node.put("memoryBytes", bytes));
    service.uptime().ifPresent(uptime -> node.put("uptimeSeconds", uptime.toSeconds()));
    node.put("log", service.log().toString());
  }

  private static String ports(ServiceStatus service) {
    return service.ports().isEmpty()
        ? "-"
        : new TreeMap<>(service.ports())
            .values().stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static String text(Duration uptime) {
    return uptime.toHours() > 0
        ? String.format(Locale.ROOT, "%dh %02dm", uptime.toHours(), uptime.toMinutesPart())
        : String.format(Locale.ROOT, "%dm %02ds", uptime.toMinutes(), uptime.toSecondsPart());
  }
}
