package io.riffle.infra.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The alerts of {@code infra/prometheus/rules.yml}. */
public record Alerts(List<Alert> all) {
  /** One alert; several may have a name. */
  public record Alert(String name, String expression, String runbook) {}

  /** Reads the rules. */
  public static Alerts read() throws IOException {
    JsonNode rules = new YAMLMapper().readTree(Promtool.FOLDER.resolve("rules.yml").toFile());
    List<Alert> all = new ArrayList<>();
    for (JsonNode group : rules.get("groups")) {
      for (JsonNode rule : group.get("rules")) {
        all.add(
            new Alert(
                rule.get("alert").asText(),
                rule.get("expr").asText(),
                rule.at("/annotations/runbook_url").asText()));
      }
    }
    return new Alerts(all);
  }

  /** Names, in the order of the file. */
  public List<String> names() {
    return all.stream().map(Alert::name).distinct().toList();
  }
}
