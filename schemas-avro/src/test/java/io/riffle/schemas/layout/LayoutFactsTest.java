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
import java.util.regex.Matcher;
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

    assertThat(facts(layout))
        .containsExactlyElementsOf(own.stream().map(fact -> fact(layout, fact)).toList());
    assertThat(columns(layout).stream().map(column -> place(layout, column)))
        .containsExactlyElementsOf(own.stream().map(LayoutFactsTest::place).toList());
    assertThat(columns(layout).stream().map(LayoutFactsTest::month))
        .containsExactlyElementsOf(own.stream().map(LayoutFactsTest::month).toList());
  }

  /** The facts are those of the first version. */
  private static List<Column> columns(Layout layout) {
    return layout.fileColumns().stream().filter(column -> column.since() == 1).toList();
  }

  /** What the facts know of a column; its version and its description are ours. */
  private record Fact(
      String name,
      Kind kind,
      int length,
      int precision,
      int scale,
      boolean required,
      EmptyRule empty,
      Role role) {}

  private static List<Fact> facts(Layout layout) {
    return columns(layout).stream()
        .map(
            c ->
                new Fact(
                    c.name(),
                    // The facts have the text that is hashed.
                    c.kind() == Kind.HASH ? Kind.STRING : c.kind(),
                    c.length(),
                    c.precision(),
                    c.scale(),
                    c.required(),
                    c.empty(),
                    c.role()))
        .toList();
  }

  private static Fact fact(Layout layout, Map<String, String> fact) {
    Kind kind = kind(fact.get("parse"));
    return new Fact(
        fact.get("rif_column"),
        kind,
        kind == Kind.STRING ? number(fact, "length") : 0,
        kind == Kind.DECIMAL ? number(fact, "precision") : 0,
        kind == Kind.DECIMAL ? number(fact, "scale") : 0,
        fact.get("nullable").equals("false"),
        EMPTY_RULES.get(fact.get("empty_value")),
        role(layout, fact));
  }

  /** The facts name the keys of tables; ours are those of records. */
  private static Role role(Layout layout, Map<String, String> fact) {
    if (layout.joins().isPresent() && fact.get("role").equals("parent_key")) {
      return Role.KEY;
    }
    boolean year = layout.lines() == Lines.YEARS && fact.get("rif_column").equals("RFRNC_YR");
    return year ? Role.LINE_KEY : ROLES.get(fact.get("role"));
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
      return "  " + (column.kind() == Kind.ACTION ? "" : checkedType(column));
    }
    boolean ofLine = column.level() == Level.LINE && layout.lines() == Lines.ROWS;
    String table = ofLine ? layout.lineTable().orElseThrow() : layout.headerTable();
    return String.join(" ", table, column.sqlName(), SqlTypes.of(column));
  }

  private static String checkedType(Column column) {
    return column.kind() == Kind.CHAR ? "varchar(1)" : SqlTypes.of(column);
  }

  private static final Pattern MONTH =
      Pattern.compile("also ccw\\.beneficiary_monthly\\.(\\w+) for month (\\d+) of RFRNC_YR");

  private static String month(Map<String, String> fact) {
    Matcher note = MONTH.matcher(fact.get("note"));
    return note.find() ? note.group(1) + " " + Integer.parseInt(note.group(2)) : "";
  }

  private static String month(Column column) {
    return column.month().map(cell -> cell.column() + " " + cell.month()).orElse("");
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
