package io.riffle.infra.chain;

import static java.util.stream.Collectors.joining;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Level;
import io.riffle.schemas.layout.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * An independent reader of generated files of persons: Postgres itself finds each person's newest
 * record, the newest of each year, and the identities that were followed by another one.
 */
final class PersonOracle {

  private static final String NEWEST_FIRST = "file DESC, n DESC";

  /** File number of months that only a {@code _MERGE} file has: there is no record of that year. */
  private static final int NO_RECORD = -1;

  private final DataSource database;
  private final String schema;
  private final Layout persons;
  private final Layout history;

  PersonOracle(DataSource database, String schema, Layout persons, Layout history) {
    this.database = database;
    this.schema = schema;
    this.persons = persons;
    this.history = history;
  }

  /**
   * Rows that are in the files but not in the tables, or in the tables (of the files' persons) but
   * not in the files.
   *
   * @param full files of persons, oldest first, all of one layout
   * @param merge a {@code _MERGE} file that is newer, of months at least
   * @param former files of former identities
   */
  long differences(List<Path> full, Optional<Path> merge, List<Path> former)
      throws SQLException, IOException {
    try (Connection connection = database.getConnection()) {
      read(connection, "person_rows", persons, full);
      read(connection, "former_rows", history, former);
      if (merge.isPresent()) {
        patch(connection, merge.get());
      }
      return compare(connection, persons.headerTable(), personColumns(), newestRows())
          + compare(connection, persons.lineTable().orElseThrow(), monthColumns(), months())
          + compare(connection, history.headerTable(), historyColumns(), identities());
    }
  }

  /** All rows of some files in one table, with the file's number and the row's. */
  private static void read(Connection connection, String table, Layout layout, List<Path> files)
      throws SQLException, IOException {
    String columns = layout.fileColumns().stream().map(Column::name).collect(joining(", "));
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          String.format(
              "CREATE TEMP TABLE %s (file int, n bigserial, %s text)",
              table, columns.replace(",", " text,")));
      for (int file = 0; file < files.size(); file++) {
        RifOracle.load(connection, table + file, files.get(file));
        String sent = String.join(", ", RifOracle.header(files.get(file)));
        statement.execute(
            String.format(
                "INSERT INTO %1$s (file, %2$s) SELECT %3$d, %2$s FROM %1$s%3$d",
                table, sent, file));
      }
    }
  }

  /** Fields of the person for each of its rows, months for the rows of their year. */
  private void patch(Connection connection, Path merge) throws SQLException, IOException {
    RifOracle.load(connection, "patches", merge);
    List<String> sent = RifOracle.header(merge);
    try (Statement statement = connection.createStatement()) {
      statement.execute(update(sent, column -> column.level() == Level.HEADER, "BENE_ID"));
      statement.execute(
          update(sent, column -> column.level() == Level.LINE, "BENE_ID", "RFRNC_YR"));
      statement.execute(
          String.format(
              "INSERT INTO person_rows (file, BENE_ID, RFRNC_YR, %1$s)"
                  + " SELECT %2$d, BENE_ID, RFRNC_YR, %1$s FROM patches m WHERE NOT EXISTS (SELECT"
                  + " FROM person_rows p WHERE (p.BENE_ID, p.RFRNC_YR) = (m.BENE_ID, m.RFRNC_YR))",
              String.join(", ", sent(sent, column -> column.level() == Level.LINE)), NO_RECORD));
    }
  }

  private String update(List<String> sent, Predicate<Column> which, String... keys) {
    String values =
        sent(sent, which).stream().map(name -> name + " = m." + name).collect(joining(", "));
    String same =
        Arrays.stream(keys).map(key -> "p." + key + " = m." + key).collect(joining(" AND "));
    return "UPDATE person_rows p SET " + values + " FROM patches m WHERE " + same;
  }

  private List<String> sent(List<String> header, Predicate<Column> which) {
    return persons.fileColumns().stream()
        .filter(c -> c.role() == Role.NONE && header.contains(c.name()) && which.test(c))
        .map(Column::name)
        .toList();
  }

  /** Hashes are no business of the oracle; which raw value has which is checked elsewhere. */
  private static List<Column> comparable(List<Column> columns) {
    return columns.stream().filter(column -> column.kind() != Kind.HASH).toList();
  }

  private List<String> personColumns() {
    return names(comparable(persons.tableColumns()));
  }

  private String newestRows() {
    return String.format(
        "SELECT DISTINCT ON (BENE_ID) %s FROM person_rows WHERE file >= 0 ORDER BY BENE_ID, %s",
        casts(comparable(persons.tableColumns())), NEWEST_FIRST);
  }

  private List<String> monthColumns() {
    List<String> names = new ArrayList<>(List.of("bene_id", "year_month"));
    names.addAll(persons.months().keySet());
    return names;
  }

  private String months() {
    String rows = IntStream.rangeClosed(1, 12).mapToObj(this::month).collect(joining(", "));
    String names = String.join(", ", persons.months().keySet());
    return String.format(
        "SELECT BENE_ID::bigint, make_date(RFRNC_YR::int, month, 1), %1$s FROM"
            + " (SELECT DISTINCT ON (BENE_ID, RFRNC_YR) * FROM person_rows WHERE RFRNC_YR <> ''"
            + " ORDER BY BENE_ID, RFRNC_YR, %2$s) newest,"
            + " LATERAL (VALUES %3$s) AS of_month (month, %1$s) WHERE num_nonnulls(%1$s) > 0",
        names, NEWEST_FIRST, rows);
  }

  private String month(int month) {
    String cells =
        persons.months().values().stream()
            .map(columns -> RifOracle.cast(columns.get(month - 1).name(), columns.get(month - 1)))
            .collect(joining(", "));
    return "(" + month + ", " + cells + ")";
  }

  private List<String> historyColumns() {
    return names(comparable(history.headerColumns()));
  }

  /** Identities followed by a different one of the same person, and those that files bring. */
  private String identities() {
    String columns = casts(comparable(history.headerColumns()));
    String identity =
        comparable(persons.history().orElseThrow().identity()).stream()
            .map(Column::source)
            .collect(joining(", "));
    String next =
        List.of(identity.split(", ")).stream()
            .map(name -> "lead(" + name + ") OVER sequence")
            .collect(joining(", "));
    return String.format(
        "SELECT %1$s FROM (SELECT *, lead(n) OVER sequence IS NOT NULL"
            + " AND (%2$s) IS DISTINCT FROM (%3$s) AS followed FROM person_rows"
            + " WHERE file >= 0 WINDOW sequence AS (PARTITION BY BENE_ID ORDER BY file, n)) f WHERE followed"
            + " UNION ALL SELECT %1$s FROM former_rows",
        columns, identity, next);
  }

  private static String casts(List<Column> columns) {
    return columns.stream()
        .map(column -> RifOracle.cast(column.source(), column))
        .collect(joining(", "));
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::sqlName).toList();
  }

  private long compare(Connection connection, String table, List<String> columns, String expected)
      throws SQLException {
    String stored =
        String.format(
            "SELECT %s FROM %s.%s WHERE bene_id IN (SELECT BENE_ID::bigint FROM person_rows)",
            String.join(", ", columns), schema, table);
    String sql =
        String.format(
            "SELECT (SELECT count(*) FROM ((%1$s) EXCEPT ALL (%2$s)) a)"
                + " + (SELECT count(*) FROM ((%2$s) EXCEPT ALL (%1$s)) b)",
            expected, stored);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
