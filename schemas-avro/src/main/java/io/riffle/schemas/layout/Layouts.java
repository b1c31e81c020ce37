package io.riffle.schemas.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.riffle.config.Settings;
import io.riffle.schemas.layout.Column.MonthCell;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All layouts of this build: of every family that has an index on the class path, those types whose
 * file {@code io/riffle/layouts/<TYPE>.yaml} is there, under those of a folder where a deployment
 * names one. Immutable.
 */
public final class Layouts {

  /** Names a folder with layout files of the deployment's own, one for each type it changes. */
  public static final String FOLDER_KEY = "layouts.folder";

  private static final Set<String> COLUMN_KEYS =
      Set.of(
          "name",
          "source",
          "level",
          "kind",
          "length",
          "precision",
          "scale",
          "required",
          "empty",
          "role",
          "since",
          "stored",
          "month",
          "monthly",
          "description");

  private final Map<String, Layout> byType;

  private Layouts(Map<String, Layout> byType) {
    this.byType = byType;
    byType.values().forEach(layout -> requireJoinable(layout, byType));
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

  /**
   * The layouts on the class path, those in a folder in their stead.
   *
   * @throws IllegalArgumentException naming the file that is no layout of a type of this build
   * @throws IllegalStateException when two types have one table
   * @throws UncheckedIOException when the folder cannot be read
   */
  public static Layouts load(Path folder) {
    Layouts built = load();
    Map<String, Layout> own = LayoutFolder.read(folder, built.byType.keySet());
    Layouts all = of(built.all().stream().map(l -> own.getOrDefault(l.type(), l)).toList());
    LayoutIndex.requireApart(all.all());
    return all;
  }

  /** The layouts of a program: those of its folder {@code layouts.folder}, if it has one. */
  public static Layouts from(Settings settings) {
    Optional<Path> folder = settings.path(FOLDER_KEY);
    try {
      return folder.map(Layouts::load).orElseGet(Layouts::load);
    } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
      settings.reject(FOLDER_KEY, e.getMessage());
      return load();
    }
  }

  /** Some layouts, in the order given; the last of a type wins. */
  public static Layouts of(Collection<Layout> layouts) {
    Map<String, Layout> byType = new LinkedHashMap<>();
    layouts.forEach(layout -> byType.put(layout.type(), layout));
    return new Layouts(byType);
  }

  /** Records of a type that joins another one meet it by partition, and become its history. */
  private static void requireJoinable(Layout layout, Map<String, Layout> byType) {
    layout
        .joins()
        .map(byType::get)
        .filter(
            joined ->
                joined.partitions() != layout.partitions()
                    || !names(joined.history().orElseThrow().columns())
                        .equals(names(historyColumns(layout))))
        .ifPresent(
            joined -> {
              throw new IllegalArgumentException(layout.type() + " does not fit " + joined.type());
            });
  }

  private static List<Column> historyColumns(Layout layout) {
    return layout.headerColumns().stream().filter(c -> c.role() != Role.KEY).toList();
  }

  private static Set<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).collect(Collectors.toSet());
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
    Optional<String> lineTable = text(root.path("tables"), "line");
    return new Layout(
        root.path("type").asText(),
        root.path("description").asText(),
        root.path("partitions").asInt(2),
        root.path("tables").path("header").asText(),
        constant(Lines.class, root, "lines", lineTable.isPresent() ? Lines.ROWS : Lines.NONE),
        lineTable,
        history(root, columns),
        text(root, "joins"),
        columns);
  }

  private static Optional<String> text(JsonNode node, String key) {
    return Optional.ofNullable(node.get(key)).map(JsonNode::asText);
  }

  private static Optional<History> history(JsonNode root, List<Column> columns) {
    JsonNode node = root.path("history");
    return text(root.path("tables"), "history")
        .map(
            table ->
                new History(
                    table,
                    named(node.path("identity"), columns),
                    named(node.path("others"), columns)));
  }

  private static List<Column> named(JsonNode names, List<Column> columns) {
    List<Column> named = new ArrayList<>();
    for (JsonNode name : names) {
      named.add(
          columns.stream()
              .filter(column -> column.name().equals(name.asText()))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no column " + name.asText())));
    }
    return named;
  }

  private static Column column(JsonNode node, int ordinal) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!COLUMN_KEYS.contains(key)) {
                throw new IllegalArgumentException(node.path("name").asText() + ": unknown " + key);
              }
            });
    String name = node.path("name").asText();
    Kind kind = constant(Kind.class, node, "kind", null);
    return new Column(
        name,
        node.path("source").asText(name),
        ordinal,
        constant(Level.class, node, "level", Level.HEADER),
        kind,
        node.path("length").asInt(),
        node.path("precision").asInt(),
        node.path("scale").asInt(),
        node.path("required").asBoolean(),
        constant(EmptyRule.class, node, "empty", EmptyRule.NULL),
        constant(Role.class, node, "role", Role.NONE),
        node.path("since").asInt(1),
        kind != Kind.ACTION && node.path("stored").asBoolean(true),
        text(node, "monthly").map(column -> new MonthCell(node.path("month").asInt(), column)),
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
