package io.riffle.infra.chain.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The matrix of bad input, a data file for each row. A case has a title, and either the parts of a
 * data set ({@link SetStep}; further ones under {@code then}), or records for {@code topics}, or
 * the test {@code elsewhere} that shows it.
 */
final class Matrix {

  private static final YAMLMapper YAML = new YAMLMapper();

  private Matrix() {}

  /** All rows, in their order. */
  static List<MatrixRow> rows() {
    try (Stream<Path> files = Files.list(folder())) {
      return files.sorted().map(Matrix::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    try {
      return Path.of(Objects.requireNonNull(Matrix.class.getResource("rows")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MatrixRow read(Path file) {
    try {
      JsonNode root = YAML.readTree(file.toFile());
      int row = root.path("row").asInt();
      return new MatrixRow(
          row,
          root.path("input").asText(),
          root.path("outcome").asText(),
          root.path("rule").asText(),
          stream(root.path("cases")).map(node -> readCase(row, node)).toList());
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(file.toString(), e);
    }
  }

  private static MatrixCase readCase(int row, JsonNode node) {
    List<TopicStep> topics = stream(node.path("topics")).map(TopicStep::read).toList();
    Optional<String> elsewhere = Optional.ofNullable(node.get("elsewhere")).map(JsonNode::asText);
    return new MatrixCase(
        "B" + row + " " + node.path("id").asText(),
        node.path("title").asText(),
        node.has("expect") ? steps(node) : List.of(),
        topics,
        elsewhere,
        node.path("long").asBoolean());
  }

  private static List<SetStep> steps(JsonNode node) {
    List<SetStep> steps = new ArrayList<>();
    steps.add(SetStep.read(node));
    node.path("then").forEach(next -> steps.add(SetStep.read(next)));
    return steps;
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
