package io.riffle.cdc.source;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds the tables that are asked for, their keys, and what is in their way. Changes nothing. */
final class TableCheck {
  private static final String INDEX_COLUMNS =
      "(SELECT array_agg(a.attname::text ORDER BY k.place) FROM pg_index i,"
          + " unnest(i.indkey::int2[]) WITH ORDINALITY k(attnum, place)"
          + " JOIN pg_attribute a ON a.attnum = k.attnum"
          + " WHERE a.attrelid = c.oid AND i.indrelid = c.oid AND k.place <= i.indnkeyatts AND %s)";

  private static final String QUERY =
      "SELECT n.nspname, c.relname, c.relkind, c.relpersistence, c.relreplident,"
          + " greatest(c.reltuples, 0)::bigint,"
          + " pg_has_role(current_user, c.relowner, 'USAGE'),"
          + " has_table_privilege(c.oid, 'SELECT') AND has_schema_privilege(n.oid, 'USAGE'),"
          + " row_security_active(c.oid), "
          + INDEX_COLUMNS.formatted("i.indisprimary AND i.indimmediate")
          + ", "
          + INDEX_COLUMNS.formatted("i.indisreplident")
          + ", EXISTS (SELECT FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid"
          + " WHERE r.prrelid = c.oid AND p.pubname = ?),"
          + " (SELECT array_agg(g.attname::text ORDER BY g.attnum) FROM pg_attribute g"
          + " WHERE g.attrelid = c.oid AND g.attgenerated <> '' AND NOT g.attisdropped)"
          + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE n.nspname = ? AND (c.relname = ? OR ? = '*' AND c.relkind IN ('r', 'p')"
          + " AND NOT c.relispartition) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
          + " ORDER BY c.relname";

  private final Connection source;
  private final String publication;
  private final TreeMap<TableName, CapturedTable> found = new TreeMap<>();
  private final List<String> problems;

  TableCheck(Connection source, SourceNames names, List<String> problems) {
    this.source = source;
    this.publication = names.publication();
    this.problems = problems;
  }

  List<CapturedTable> run(List<TableName> wanted) throws SQLException {
    for (TableName one : wanted) {
      find(one);
    }
    List<CapturedTable> tables = List.copyOf(found.values());
    new NameCheck(source, problems).run(tables);
    return tables;
  }

  private void find(TableName wanted) throws SQLException {
    try (PreparedStatement query = source.prepareStatement(QUERY)) {
      query.setString(1, publication);
      query.setString(2, wanted.schema());
      query.setString(3, wanted.table());
      query.setString(4, wanted.table());
      try (ResultSet row = query.executeQuery()) {
        boolean any = false;
        while (row.next()) {
          any = true;
          take(row);
        }
        if (!any) {
          problems.add(
              wanted.table().equals(TableName.ANY)
                  ? "schema " + wanted.schema() + " has no tables"
                  : "there is no table " + wanted);
        }
      }
    }
  }

  private void take(ResultSet row) throws SQLException {
    TableName name = new TableName(row.getString(1), row.getString(2));
    List<String> key = key(row);
    problem(row, !key.isEmpty()).forEach(problem -> problems.add(name + " " + problem));
    List<String> generated = texts(row.getArray(13));
    if (!Collections.disjoint(key, generated)) {
      problems.add(name + " has a generated column in its key");
    }
    found.put(name, new CapturedTable(name, key, generated, row.getLong(6)));
  }

  /** Keys that Postgres sends with updates and deletes, whatever else the table has. */
  private static List<String> key(ResultSet row) throws SQLException {
    List<String> primary = texts(row.getArray(10));
    return primary.isEmpty() && row.getString(5).equals("i") ? texts(row.getArray(11)) : primary;
  }

  private static List<String> problem(ResultSet row, boolean hasKey) throws SQLException {
    List<String> problems = new ArrayList<>();
    String kind = row.getString(3);
    if (!kind.equals("r") && !kind.equals("p")) {
      problems.add("is no table: views and foreign tables are not captured");
      return problems;
    }
    if (!row.getString(4).equals("p")) {
      problems.add("is unlogged or temporary: its changes are in no log");
    }
    if (!row.getBoolean(8)) {
      problems.add("may not be read: GRANT USAGE on its schema and SELECT on it");
    }
    if (row.getBoolean(9)) {
      problems.add("has row security for this user, which hides rows: ALTER ROLE … BYPASSRLS");
    }
    if (hasKey) {
      identity(row).ifPresent(problems::add);
    }
    if (hasKey && !row.getBoolean(7) && !row.getBoolean(12)) {
      problems.add(
          "belongs to another user: only its owner may publish it; GRANT the owner's role, or let"
              + " the owner add it to the publication");
    }
    return problems;
  }

  /** What Postgres sends of a deleted row must have the key. */
  private static Optional<String> identity(ResultSet row) throws SQLException {
    boolean other =
        row.getString(5).equals("n")
            || (row.getString(5).equals("i")
                && !Set.copyOf(texts(row.getArray(11))).containsAll(key(row)));
    return other
        ? Optional.of(
            "has a replica identity without its key: ALTER TABLE … REPLICA IDENTITY DEFAULT")
        : Optional.empty();
  }

  private static List<String> texts(Array array) throws SQLException {
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }
}
