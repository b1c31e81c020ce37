package io.riffle.sink.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements that write rows of one staging table. The names s, t, o stand for staged rows, the
 * table, and the row that it has; s and o are equal in the key.
 */
final class StagingSql {

  private final String table;
  private final String stage;
  private final TableStructure structure;

  /**
   * @param stage name of the temporary table
   */
  StagingSql(CapturedTable table, String stage, TableStructure structure) {
    this.table = table.sqlName();
    this.stage = "pg_temp." + stage;
    this.structure = structure;
  }

  List<String> createStage() {
    return List.of(
        "DROP TABLE IF EXISTS " + stage,
        "CREATE TEMP TABLE "
            + stage.substring("pg_temp.".length())
            + " ON COMMIT DELETE ROWS AS SELECT "
            + Sql.names(structure.names())
            + ", "
            + String.join(", ", stamps())
            + ", NULL::integer[] AS riffle_absent, NULL::integer[] AS riffle_apart,"
            + " NULL::integer[] AS riffle_missing, NULL::timestamptz[] AS riffle_late,"
            + " false AS riffle_stored, false AS riffle_changed, false AS riffle_new"
            + " FROM "
            + table
            + " WITH NO DATA");
  }

  private static List<String> stamps() {
    List<String> stamps =
        new ArrayList<>(
            List.of(
                TableStructure.INSERTED_AT, TableStructure.UPDATED_AT, TableStructure.DELETED_AT));
    stamps.addAll(TableStructure.VERSION);
    return stamps;
  }

  /** In the order of {@link StagedRows}. */
  String copy() {
    return "COPY "
        + stage
        + " ("
        + Sql.names(structure.names())
        + ", "
        + String.join(", ", stamps())
        + ", riffle_absent, riffle_apart, riffle_missing, riffle_late, riffle_stored,"
        + " riffle_changed, riffle_new) FROM STDIN";
  }

  /**
   * For keys given as an array of texts for each of their columns: number of the key, number of the
   * row (equal keys have one), the version that the table has, whether it is deleted, and the
   * columns of which it has no value though the source has one.
   */
  String find() {
    List<String> key = structure.key();
    String arrays =
        IntStream.range(0, key.size()).mapToObj(i -> "?::text[]").collect(Collectors.joining(", "));
    String names =
        IntStream.range(0, key.size()).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
    String casts =
        IntStream.range(0, key.size())
            .mapToObj(i -> "u.k" + i + "::" + type(key.get(i)).sql() + " AS k" + i)
            .collect(Collectors.joining(", "));
    String equal =
        IntStream.range(0, key.size())
            .mapToObj(i -> "t." + Sql.name(key.get(i)) + equals(key.get(i)) + "k.k" + i)
            .collect(Collectors.joining(" AND "));
    return String.format(
        "SELECT k.n, dense_rank() OVER (ORDER BY %1$s), t.riffle_epoch, t.riffle_commit,"
            + " t.riffle_lsn, t.riffle_offset, t.riffle_deleted_at IS NOT NULL, t.riffle_unsent"
            + " FROM (SELECT u.n, %2$s FROM unnest(%3$s) WITH ORDINALITY AS u(%4$s, n)) k"
            + " LEFT JOIN %5$s t ON %6$s",
        prefixed("k.", names), casts, arrays, names, table, equal);
  }

  private static String prefixed(String prefix, String names) {
    return prefix + names.replace(", ", ", " + prefix);
  }

  private ColumnType type(String column) {
    return structure.columns().get(column);
  }

  /** The operator that the type's index knows; those of extensions have a schema. */
  private String equals(String column) {
    String base = type(column).base();
    int dot = base.indexOf('.');
    return dot > 0 && base.endsWith(".citext")
        ? " OPERATOR(" + base.substring(0, dot) + ".=) "
        : " = ";
  }

  /** Values of some columns of one row, as texts, and of each whether the source has sent it. */
  String read(List<String> columns) {
    return "SELECT "
        + columns.stream()
            .map(
                name ->
                    "t."
                        + Sql.name(name)
                        + "::text, t.riffle_unsent IS NULL OR "
                        + Sql.text(name)
                        + " <> ALL (t.riffle_unsent)")
            .collect(joining())
        + " FROM "
        + table
        + " t WHERE "
        + structure.key().stream()
            .map(name -> "t." + Sql.name(name) + equals(name) + "?::" + type(name).sql())
            .collect(Collectors.joining(" AND "));
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joining() {
    return Collectors.joining(", ");
  }

  /**
   * Staged rows over those that the table has. Counts rows, those with other values, and those that
   * were deleted now.
   */
  String update() {
    return String.format(
        "WITH written AS (UPDATE %1$s t SET %2$s FROM (SELECT %3$s FROM %4$s s JOIN %1$s o ON %5$s"
            + " WHERE s.riffle_stored AND (%6$s) < (%7$s)) m WHERE %8$s"
            + " RETURNING m.riffle_differs AS differs, m.riffle_gone AS gone, m.riffle_back AS back)"
            + " SELECT count(*), count(*) FILTER (WHERE differs AND NOT back),"
            + " count(*) FILTER (WHERE gone), count(*) FILTER (WHERE back) FROM written",
        table,
        assignments(),
        merged(),
        stage,
        keysEqual("o", "s"),
        version("o"),
        version("s"),
        keysEqual("t", "m"));
  }

  private String keysEqual(String one, String other) {
    return structure.key().stream()
        .map(name -> one + "." + Sql.name(name) + equals(name) + other + "." + Sql.name(name))
        .collect(Collectors.joining(" AND "));
  }

  private static String version(String alias) {
    return TableStructure.VERSION.stream()
        .map(name -> alias + "." + name)
        .collect(Collectors.joining(", "));
  }

  private String assignments() {
    List<String> names = new ArrayList<>(structure.names().stream().map(Sql::name).toList());
    names.addAll(stamps());
    names.add(TableStructure.UNSENT);
    return names.stream().map(name -> name + " = m." + name).collect(Collectors.joining(", "));
  }

  private List<String> values() {
    return structure.names().stream().filter(name -> !structure.key().contains(name)).toList();
  }

  private String merged() {
    String came = "s.riffle_new";
    List<String> columns = new ArrayList<>();
    structure.key().forEach(name -> columns.add("s." + Sql.name(name)));
    values().forEach(name -> columns.add(value(name, "riffle_absent") + " AS " + Sql.name(name)));
    columns.add(
        "CASE WHEN "
            + came
            + " THEN s.riffle_inserted_at ELSE least(o.riffle_inserted_at, s.riffle_inserted_at) END"
            + " AS riffle_inserted_at");
    columns.add(
        "coalesce(greatest(CASE WHEN "
            + came
            + " OR "
            + differs("riffle_apart")
            + " THEN s.riffle_updated_at END, "
            + late()
            + "), o.riffle_updated_at) AS riffle_updated_at");
    columns.add(
        "CASE WHEN s.riffle_deleted_at IS NOT NULL THEN s.riffle_deleted_at WHEN "
            + came
            + " THEN NULL ELSE o.riffle_deleted_at END AS riffle_deleted_at");
    TableStructure.VERSION.forEach(name -> columns.add("s." + name));
    columns.add(unsent(came) + " AS " + TableStructure.UNSENT);
    columns.add(differs("riffle_absent") + " AS riffle_differs");
    columns.add("s.riffle_deleted_at IS NOT NULL AND o.riffle_deleted_at IS NULL AS riffle_gone");
    columns.add(
        came
            + " AND s.riffle_deleted_at IS NULL AND o.riffle_deleted_at IS NOT NULL"
            + " AS riffle_back");
    return String.join(", ", columns);
  }

  /** A row that came has what its events lack; another one lacks what it did, and has not got. */
  private String unsent(String came) {
    return "CASE WHEN "
        + came
        + " THEN "
        + names("s.riffle_missing")
        + " WHEN o.riffle_unsent IS NOT NULL THEN (SELECT array_agg(u) FROM unnest(o.riffle_unsent) u"
        + " WHERE u = ANY ("
        + names("s.riffle_absent")
        + ")) END";
  }

  /** Names of columns that are given by their places. */
  private String names(String places) {
    String all = structure.names().stream().map(Sql::text).collect(joining());
    return "(SELECT array_agg((ARRAY["
        + all
        + "]::text[])[p + 1] ORDER BY p) FROM unnest("
        + places
        + ") p)::text[]"; // without the cast, ANY would take it for a query
  }

  /**
   * The staged value; that of the table for some columns.
   *
   * @param but which columns: {@code riffle_absent} gives the value that the row has afterwards
   */
  private String value(String name, String but) {
    return String.format(
        "CASE WHEN s.%3$s IS NULL OR %1$d <> ALL (s.%3$s) THEN s.%2$s ELSE o.%2$s END",
        structure.names().indexOf(name), Sql.name(name), but);
  }

  /**
   * Bit by bit: a number with other zeros at its end is another value, and types need no "=".
   *
   * @param but columns that are not looked at
   */
  private String differs(String but) {
    if (values().isEmpty()) {
      return "s.riffle_changed";
    }
    String there =
        values().stream().map(name -> "o." + Sql.name(name)).collect(Collectors.joining(", "));
    String then = values().stream().map(name -> value(name, but)).collect(Collectors.joining(", "));
    return "(s.riffle_changed OR ROW(" + there + ")::record *<> ROW(" + then + ")::record)";
  }

  /** When the last value came that is another one, of those that earlier events lacked. */
  private String late() {
    if (values().isEmpty()) {
      return "NULL";
    }
    return values().stream()
        .map(
            name ->
                String.format(
                    "CASE WHEN ROW(o.%1$s)::record *<> ROW(s.%1$s)::record THEN s.riffle_late[%2$d] END",
                    Sql.name(name), structure.names().indexOf(name) + 1))
        .collect(
            Collectors.joining(
                ", ", "CASE WHEN s.riffle_late IS NOT NULL THEN greatest(", ") END"));
  }

  /** Staged rows that the table does not have. */
  String insert() {
    String columns = Sql.names(structure.names()) + ", " + String.join(", ", stamps());
    return String.format(
        "INSERT INTO %1$s (%2$s, %5$s) SELECT %2$s, %4$s FROM %3$s s WHERE NOT s.riffle_stored",
        table, columns, stage, names("s.riffle_missing"), TableStructure.UNSENT);
  }

  String clearStage() {
    return "DELETE FROM " + stage;
  }

  /**
   * Rows of some blocks of the table that are older than a version, and there, are gone; they get
   * that version, so that no event comes again and brings them back.
   */
  String remove() {
    return String.format(
        "UPDATE %s t SET (riffle_deleted_at, riffle_inserted_at, %s) ="
            + " (?::timestamptz, least(t.riffle_inserted_at, ?::timestamptz), ?, ?, ?, ?) WHERE t.ctid >= ?::tid"
            + " AND t.ctid < ?::tid AND t.riffle_deleted_at IS NULL AND (%s) < (?, ?, ?, ?)",
        table, String.join(", ", TableStructure.VERSION), version("t"));
  }

  /** Blocks of the table. */
  String blocks() {
    return "SELECT pg_relation_size("
        + Sql.text(table)
        + "::regclass)"
        + " / current_setting('block_size')::bigint";
  }
}
