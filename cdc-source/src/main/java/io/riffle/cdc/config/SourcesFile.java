package io.riffle.cdc.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.riffle.cdc.source.SourceSpec;
import io.riffle.cdc.source.SourceUrl;
import io.riffle.cdc.source.TableName;
import io.riffle.config.ConfigException;
import io.riffle.config.ConfigProblem;
import io.riffle.config.Settings;
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

/** {@code cdc.yaml}: the sources that are declared in a file. */
public final class SourcesFile {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "url",
          "user",
          "password-file",
          "password-env",
          "tables",
          "chunk-rows",
          "reload-interval");

  /** They need the source itself, whose columns the rules are completed with. */
  private static final Set<String> KEYS_OF_RULES = Set.of("obfuscate", "sensitive");

  private final List<ConfigProblem> problems = new ArrayList<>();
  private final Path file;

  private SourcesFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the file.
   *
   * @throws ConfigException with all problems of all sources
   */
  public static List<SourceSpec> read(Path file) {
    SourcesFile reading = new SourcesFile(file);
    List<SourceSpec> sources = reading.sources();
    if (!reading.problems.isEmpty()) {
      throw new ConfigException(reading.problems);
    }
    return sources;
  }

  private List<SourceSpec> sources() {
    List<SourceSpec> sources = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    for (JsonNode node : tree().path("sources")) {
      String name = node.path("name").asText("");
      node.fieldNames()
          .forEachRemaining(
              key -> {
                if (KEYS_OF_RULES.contains(key)) {
                  problem(
                      name,
                      key,
                      "a source with rules is added by riffle cdc add "
                          + name
                          + " --obfuscate RULES");
                } else if (!KEYS.contains(key)) {
                  problem(name, key, "is not a known key");
                }
              });
      if (!names.add(name)) {
        problem(name, "name", "is there twice");
      }
      add(node, sources);
    }
    return sources;
  }

  private JsonNode tree() {
    try {
      return new YAMLMapper().readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          file.toString(), "line " + e.getLocation().getLineNr(), "is no YAML");
    } catch (IOException e) {
      throw new ConfigException(
          file.toString(), "", "cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private void add(JsonNode node, List<SourceSpec> sources) {
    try {
      List<TableName> tables = new ArrayList<>();
      node.path("tables").forEach(table -> tables.add(table(table.asText())));
      sources.add(
          new SourceSpec(
              node.path("name").asText(""),
              SourceUrl.parse(node.path("url").asText("")),
              node.path("user").asText(""),
              secret(node),
              tables,
              node.path("chunk-rows").asInt(SourceSpec.USUAL_CHUNK),
              reload(node)));
    } catch (ConfigException e) {
      e.problems()
          .forEach(
              one ->
                  problems.add(
                      new ConfigProblem(
                          file.getFileName()
                              + " "
                              + node.path("name").asText("?")
                              + " "
                              + one.key(),
                          one.value(),
                          one.reason())));
    }
  }

  private static TableName table(String text) {
    try {
      return TableName.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("tables", text, e.getMessage());
    }
  }

  private static String secret(JsonNode node) {
    if (node.hasNonNull("password-file") == node.hasNonNull("password-env")) {
      throw new ConfigException("password", "", "is given by password-file or password-env");
    }
    return node.hasNonNull("password-env")
        ? "env:" + node.get("password-env").asText()
        : "file:" + node.get("password-file").asText();
  }

  /** Durations are written as in all of Riffle's settings. */
  private static Duration reload(JsonNode node) {
    Map<String, String> one = new TreeMap<>();
    if (node.hasNonNull("reload-interval")) {
      one.put("reload-interval", node.get("reload-interval").asText());
    }
    return Settings.of(one)
        .build(settings -> settings.duration("reload-interval", SourceSpec.USUAL_RELOAD));
  }

  private void problem(String source, String key, String reason) {
    problems.add(new ConfigProblem(file.getFileName() + " " + source + " " + key, "", reason));
  }
}
