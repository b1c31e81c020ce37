package io.riffle.infra.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The run records of one stack, a JSON file each. */
public final class RunRecords {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUFFIX = ".json";

  private final Path folder;

  public RunRecords(Path folder) {
    this.folder = folder;
  }

  public Optional<RunRecord> find(String instance) {
    Path file = file(instance);
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  public List<RunRecord> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted()
          .map(RunRecords::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void save(RunRecord run) {
    Path fresh = folder.resolve(run.instance() + ".new");
    try {
      JSON.writerWithDefaultPrettyPrinter().writeValue(fresh.toFile(), json(run));
      Files.move(
          fresh,
          file(run.instance()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void forget(String instance) {
    try {
      Files.deleteIfExists(file(instance));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String instance) {
    return folder.resolve(instance + SUFFIX);
  }

  private static ObjectNode json(RunRecord run) {
    ObjectNode node = JSON.createObjectNode();
    node.put("instance", run.instance());
    node.put("component", run.component());
    node.put("pid", run.pid());
    node.put("startedAt", run.startedAt().toString());
    ObjectNode ports = node.putObject("ports");
    new TreeMap<>(run.ports()).forEach(ports::put);
    node.put("log", run.log().toString());
    node.put("fingerprint", run.fingerprint());
    return node;
  }

  private static RunRecord read(Path file) {
    try {
      JsonNode node = JSON.readTree(file.toFile());
      Map<String, Integer> ports = new TreeMap<>();
      node.path("ports")
          .properties()
          .forEach(port -> ports.put(port.getKey(), port.getValue().asInt()));
      return new RunRecord(
          node.path("instance").asText(),
          node.path("component").asText(),
          node.path("pid").asLong(),
          Instant.parse(node.path("startedAt").asText()),
          ports,
          Path.of(node.path("log").asText()),
          node.path("fingerprint").asText());
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(file + " is damaged; delete it and start again", e);
    }
  }
}
