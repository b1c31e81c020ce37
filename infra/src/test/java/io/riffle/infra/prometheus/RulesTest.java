package io.riffle.infra.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.riffle.infra.component.Component;
import io.riffle.infra.component.Components;
import io.riffle.infra.prometheus.Alerts.Alert;
import io.riffle.infra.site.PortPolicy;
import io.riffle.infra.site.Ports;
import io.riffle.infra.site.Secrets;
import io.riffle.infra.site.Site;
import io.riffle.infra.site.StackFolder;
import io.riffle.infra.stack.RepositoryRoot;
import io.riffle.operations.site.SetName;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus is told. */
class RulesTest {
  @TempDir Path folder;

  @Test
  void prometheusUnderstandsConfigurationAndRules() throws Exception {
    Promtool.check("check", "config", "prometheus.yml");
    Promtool.check("check", "rules", "rules.yml");
  }

  @Test
  void alertsFireWhenTheyShouldAndNotWhenTheyShouldNot() throws Exception {
    Promtool.check("test", "rules", "rules_test.yml");
  }

  @Test
  void eachAlertIsTestedFiredAndNotFired() throws Exception {
    Set<String> fired = new TreeSet<>();
    Set<String> silent = new TreeSet<>();
    JsonNode tests =
        new YAMLMapper().readTree(Promtool.FOLDER.resolve("rules_test.yml").toFile()).get("tests");
    for (JsonNode test : tests) {
      for (JsonNode one : test.get("alert_rule_test")) {
        (one.get("exp_alerts").isEmpty() ? silent : fired).add(one.get("alertname").asText());
      }
    }

    List<String> alerts = Alerts.read().names();
    assertThat(fired).containsExactlyInAnyOrderElementsOf(alerts);
    assertThat(silent).containsExactlyInAnyOrderElementsOf(alerts);
  }

  @Test
  void eachAlertLeadsToItsPlaceInTheRunbook() throws Exception {
    assertThat(Alerts.read().all())
        .allSatisfy(
            alert ->
                assertThat(alert.runbook())
                    .isEqualTo("docs/runbook.md#" + alert.name().toLowerCase(Locale.ROOT)));
  }

  @Test
  void eachSeriesOfARuleIsInTheTable() throws Exception {
    Set<String> known = SeriesTable.read().publishers().keySet();

    for (Alert alert : Alerts.read().all()) {
      assertThat(Expressions.names(alert.expression())).as(alert.name()).isSubsetOf(known);
    }
  }

  @Test
  void targetsAreTheUsualPortsOfTheStack() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    for (Component component : Components.all()) {
      component
          .metricsPort(site())
          .ifPresent(
              port ->
                  expected.put(component.name(), "127.0.0.1:" + component.ports(site()).get(port)));
    }
    Map<String, String> targets = new TreeMap<>();
    for (JsonNode group :
        new ObjectMapper().readTree(Promtool.FOLDER.resolve("targets.json").toFile())) {
      assertThat(group.at("/labels/set").asText()).isEqualTo("main");
      assertThat(group.at("/labels/instance")).isEqualTo(group.at("/labels/job"));
      targets.put(group.at("/labels/job").asText(), group.at("/targets/0").asText());
    }

    assertThat(targets).isEqualTo(expected);
  }

  private Site site() {
    return new Site(
        RepositoryRoot.find(),
        new StackFolder(folder),
        SetName.MAIN,
        Ports.load(folder.resolve("ports"), PortPolicy.FREE),
        Secrets.load(folder.resolve("secrets")),
        List.of(),
        Map.of());
  }
}
