package io.riffle.schemas.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.riffle.schemas.ddl.SqlTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every layout says what a table of facts about the existing loader says, column by column. */
class LayoutFactsTest {

  private static final Path FACTS =
      Path.of(System.getProperty("riffle.samples", "../../shared/rif")).resolve("layouts.csv");

  /** A comma with an even number of quotes behind it. */
  private static final Pattern COMMA = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

  private static final Map<String, EmptyRule> EMPTY_RULES =
      Map.of(
          "null", EmptyRule.NULL,
          "error", EmptyRule.ERROR,
          "default:0", EmptyRule.ZERO,
          "empty-string", EmptyRule.TEXT);

  private static final Map<String, Role> ROLES =
      Map.of(
          "none", Role.NONE,
          "key", Role.KEY,
          "line_key", Role.LINE_KEY,
          "parent_key", Role.PERSON);

  @TestFactory
  Stream<DynamicTest> agreesWithTheFacts() throws IOException {
    assumeTrue(Files.exists(FACTS), "the table of facts is not here");
    List<Map<String, String>> facts = rows(Files.readAllLines(FACTS));
    return Layouts.load().all().stream()
        .map(layout -> DynamicTest.dynamicTest(layout.type(), () -> check(layout, facts)));
  }

  private static void check(Layout layout, List<Map<String, String>> facts) {
    List<Map<String, String>> own =
        facts.stream().filter(fact -> fact.get("rif_type").equals(layout.type())).toList();

    assertThat(layout.columns().stream().map(LayoutFactsTest::withoutWords))
        .containsExactlyElementsOf(own.stream().map(LayoutFactsTest::column).toList());
    assertThat(layout.columns().stream().map(column -> place(layout, column)))
        .containsExactlyElementsOf(own.stream().map(LayoutFactsTest::place).toList());
  }

  /** The column as the facts have it; its version and its description are ours. */
  private static Column column(Map<String, String> fact) {
    Kind kind = kind(fact.get("parse"));
    return new Column(
        fact.get("rif_column"),
        Integer.parseInt(fact.get("ordinal")) - 1,
        Level.valueOf(fact.get("level").toUpperCase(Locale.ROOT)),
        kind,
        kind == Kind.STRING ? number(fact, "length") : 0,
        kind == Kind.DECIMAL ? number(fact, "precision") : 0,
        kind == Kind.DECIMAL ? number(fact, "scale") : 0,
        fact.get("nullable").equals("false"),
        EMPTY_RULES.get(fact.get("empty_value")),
        ROLES.get(fact.get("role")),
        1,
        "");
  }

  private static Column withoutWords(Column column) {
    return new Column(
        column.name(),
        column.ordinal(),
        column.level(),
        column.kind(),
        column.length(),
        column.precision(),
        column.scale(),
        column.required(),
        column.empty(),
        column.role(),
        column.since(),
        "");
  }

  private static Kind kind(String parse) {
    return parse.equals("enum") ? Kind.ACTION : Kind.valueOf(parse.toUpperCase(Locale.ROOT));
  }

  private static int number(Map<String, String> fact, String name) {
    return fact.get(name).isEmpty() ? 0 : Integer.parseInt(fact.get(name));
  }

  /** Table, column and SQL type; blank for what is not stored. */
  private static String place(Map<String, String> fact) {
    return String.join(
        " ",
        fact.get("sql_table").replace("ccw.", ""),
        fact.get("sql_column"),
        fact.get("sql_type"));
  }

  private static String place(Layout layout, Column column) {
    if (!column.stored()) {
      return "  ";
    }
    String table =
        column.level() == Level.HEADER ? layout.headerTable() : layout.lineTable().orElseThrow();
    return String.join(" ", table, column.sqlName(), SqlTypes.of(column));
  }

  private static List<Map<String, String>> rows(List<String> lines) {
    List<String> names = fields(lines.get(0));
    return lines.stream().skip(1).map(line -> row(names, fields(line))).toList();
  }

  private static Map<String, String> row(List<String> names, List<String> fields) {
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      row.put(names.get(i), fields.get(i));
    }
    return row;
  }

  private static List<String> fields(String line) {
    return Stream.of(COMMA.split(line, -1)).map(field -> field.replace("\"", "")).toList();
  }
}
