package io.riffle.schemas.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All layouts of this build: of every family that has an index on the class path, those types whose
 * file {@code io/riffle/layouts/<TYPE>.yaml} is there. Immutable.
 */
public final class Layouts {

  private static final Set<String> COLUMN_KEYS =
      Set.of(
          "name",
          "level",
          "kind",
          "length",
          "precision",
          "scale",
          "required",
          "empty",
          "role",
          "since",
          "description");

  private final Map<String, Layout> byType;

  private Layouts(Map<String, Layout> byType) {
    this.byType = byType;
  }

  /**
   * The layouts on the class path.
   *
   * @throws IllegalStateException when two families clash, or a name cannot be that of a type
   */
  public static Layouts load() {
    Map<String, Layout> byType = new LinkedHashMap<>();
    for (String type : LayoutIndex.load().types()) {
      read(type).ifPresent(layout -> byType.put(type, layout));
    }
    LayoutIndex.requireApart(byType.values());
    return new Layouts(byType);
  }

  /** Every supported layout, in the load order of the types. */
  public List<Layout> all() {
    return List.copyOf(byType.values());
  }

  /** The layout of a base type (no {@code _MERGE} suffix); empty when this build has none. */
  public Optional<Layout> find(String type) {
    return Optional.ofNullable(byType.get(type));
  }

  /**
   * The layout of a base type.
   *
   * @throws IllegalArgumentException when this build has none
   */
  public Layout get(String type) {
    return find(type)
        .orElseThrow(() -> new IllegalArgumentException("no layout for RIF type " + type));
  }

  private static Optional<Layout> read(String type) {
    try (InputStream in =
        Layouts.class.getResourceAsStream("/io/riffle/layouts/" + type + ".yaml")) {
      return in == null ? Optional.empty() : Optional.of(parse(in));
    } catch (IOException e) {
      throw new UncheckedIOException("layout of " + type, e);
    }
  }

  /** Reads one layout file. */
  static Layout parse(InputStream yaml) throws IOException {
    JsonNode root = new YAMLMapper().readTree(yaml);
    List<Column> columns = new ArrayList<>();
    for (JsonNode node : root.path("columns")) {
      columns.add(column(node, columns.size()));
    }
    JsonNode line = root.path("tables").path("line");
    return new Layout(
        root.path("type").asText(),
        root.path("description").asText(),
        root.path("partitions").asInt(2),
        root.path("tables").path("header").asText(),
        line.isMissingNode() ? Optional.empty() : Optional.of(line.asText()),
        columns);
  }

  private static Column column(JsonNode node, int ordinal) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!COLUMN_KEYS.contains(key)) {
                throw new IllegalArgumentException(node.path("name").asText() + ": unknown " + key);
              }
            });
    return new Column(
        node.path("name").asText(),
        ordinal,
        constant(Level.class, node, "level", Level.HEADER),
        constant(Kind.class, node, "kind", null),
        node.path("length").asInt(),
        node.path("precision").asInt(),
        node.path("scale").asInt(),
        node.path("required").asBoolean(),
        constant(EmptyRule.class, node, "empty", EmptyRule.NULL),
        constant(Role.class, node, "role", Role.NONE),
        node.path("since").asInt(1),
        node.path("description").asText());
  }

  private static <E extends Enum<E>> E constant(
      Class<E> type, JsonNode node, String key, E otherwise) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() && otherwise != null) {
      return otherwise;
    }
    return Enum.valueOf(type, value.asText().toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
