package io.riffle.infra.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffle.infra.cli.Riffle;
import io.riffle.infra.component.Components;
import io.riffle.infra.prometheus.Alerts.Alert;
import io.riffle.infra.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus watches a stack while the demo loads claims and captures two databases: what is
 * in the table of series, on boards and in rules is there.
 */
@Tag("full")
@Tag("series")
class SeriesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Series that a stack on which all is well does not have, and why. */
  private static final Map<String, String> ABSENT =
      Map.of(
          "part_stopped", "nothing is stopped",
          "part_waits_for", "nothing waits",
          "part_cause", "nothing waits",
          "kafka_producer_record_error_total", "a client may have sent nothing that failed");

  /** All labels that there may be: names of things, never anything of a record. */
  private static final Set<String> LABELS =
      Set.of(
          "__name__",
          "action",
          "alertname",
          "alertstate",
          "area",
          "cause",
          "client",
          "connector",
          "gc",
          "group",
          "id",
          "instance",
          "job",
          "le",
          "op",
          "part",
          "partition",
          "result",
          "server",
          "set",
          "severity",
          "since",
          "source",
          "stage",
          "state",
          "status",
          "table",
          "task",
          "topic",
          "type",
          "pool",
          "what");

  @TempDir static Path home;
  @TempDir static Path folder;

  private static Prometheus prometheus;

  @BeforeAll
  static void loadUnderItsEyes() throws Exception {
    Path program = Promtool.program("prometheus");
    assertThat(riffle("up")).isZero();
    prometheus = Prometheus.start(program, stack().prometheus(), folder);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(prometheus.series("up == 1")).isEqualTo(watched()));
    assertThat(riffle("demo", "--exit", "--claims", "200", "--changes", "300")).isZero();
    assertThat(riffle("load", oneBadRecord().toString())).isEqualTo(1);
  }

  /** Without an open reject there is no series of any. */
  private static Path oneBadRecord() throws IOException {
    Path set = folder.resolve("bad");
    String first = "5000000"; // behind all that the demo has
    assertThat(riffle("generate", "--types", "PDE", "--first", first, "--out", set.toString()))
        .isZero();
    Path file = set.resolve("pde_1.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    int date = List.of(lines.get(0).split("\\|")).indexOf("SRVC_DT");
    String[] fields = lines.get(1).split("\\|", -1);
    fields[date] = "31-FEB-2020";
    lines.set(1, String.join("|", fields));
    Files.write(file, lines);
    return set;
  }

  @AfterAll
  static void stop() {
    if (prometheus != null) {
      prometheus.close();
    }
    stack().stop();
  }

  @Test
  void everyProgramAnswersAndEveryRuleIsEvaluated() throws Exception {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              for (JsonNode target : prometheus.get("targets").get("activeTargets")) {
                assertThat(target.get("health").asText()).as(target.toString()).isEqualTo("up");
              }
              for (JsonNode group : prometheus.get("rules").get("groups")) {
                for (JsonNode rule : group.get("rules")) {
                  assertThat(rule.get("health").asText()).as(rule.toString()).isEqualTo("ok");
                }
              }
            });
    assertThat(prometheus.series("ALERTS{alertstate=\"firing\"}")).isZero();
  }

  @Test
  void everySeriesOfTheTableIsThere() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(prometheus.values("__name__")).containsAll(expectedSeries()));
  }

  @Test
  void everyRuleNamesSeriesThatAreThere() throws Exception {
    Set<String> named = new TreeSet<>();
    for (Alert alert : Alerts.read().all()) {
      named.addAll(Expressions.names(alert.expression()));
    }
    named.removeIf(SeriesIT::isExcused);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(prometheus.values("__name__")).containsAll(named));
  }

  @Test
  void everyPanelShowsSomething() throws Exception {
    Map<String, String> expressions = Expressions.ofBoards();
    expressions
        .values()
        .removeIf(one -> Expressions.names(one).stream().anyMatch(SeriesIT::isExcused));
    assertThat(expressions).hasSizeGreaterThan(30);

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(empty(expressions)).isEmpty());
  }

  @Test
  void noLabelIsOfARecord() throws Exception {
    Set<String> unknown = prometheus.labels();
    unknown.removeAll(LABELS);
    Map<String, String> where = new TreeMap<>();
    for (String label : unknown) {
      String all = "last_over_time({" + label + "!=\"\"}[30m])";
      where.put(label, prometheus.query("count by (__name__, job) (" + all + ")").toString());
    }

    assertThat(where).isEmpty();
  }

  private static Map<String, String> empty(Map<String, String> expressions) throws Exception {
    Map<String, String> empty = new TreeMap<>();
    for (Map.Entry<String, String> one : expressions.entrySet()) {
      if (prometheus.series(one.getValue()) == 0) {
        empty.put(one.getKey(), one.getValue());
      }
    }
    return empty;
  }

  private static Set<String> expectedSeries() throws Exception {
    Set<String> names = new TreeSet<>(SeriesTable.read().publishers().keySet());
    names.removeIf(SeriesIT::isExcused);
    return names;
  }

  private static boolean isExcused(String name) {
    return ABSENT.containsKey(name);
  }

  private static long watched() {
    return Components.all().stream()
        .filter(component -> component.perSet()) // the servers of other makers are not watched
        .count();
  }

  private static int riffle(String... arguments) {
    String[] line = new String[arguments.length + 2];
    line[0] = "--home";
    line[1] = home.toString();
    System.arraycopy(arguments, 0, line, 2, arguments.length);
    return Riffle.run(line);
  }

  private static LocalStack stack() {
    return LocalStack.in(home).open();
  }
}
