package io.riffle.cdc.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Captured tables as they are in the source now. Changes nothing. */
public final class Relations {
  private static final String QUERY =
      """
      SELECT w.schema_name, w.table_name, c.oid::bigint,
             EXISTS (SELECT FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid
                      WHERE p.pubname = ? AND r.prrelid = c.oid),
             o.nspname, o.relname
        FROM unnest(?::text[], ?::text[], ?::bigint[]) w(schema_name, table_name, relation)
        LEFT JOIN pg_namespace n ON n.nspname = w.schema_name
        LEFT JOIN pg_class c
               ON c.relnamespace = n.oid AND c.relname = w.table_name AND c.relkind IN ('r', 'p')
        LEFT JOIN (SELECT x.oid, m.nspname, x.relname FROM pg_class x
                     JOIN pg_namespace m ON m.oid = x.relnamespace WHERE x.relkind IN ('r', 'p')) o
               ON o.oid = w.relation::oid""";

  private final Connection source;
  private final SourceNames names;

  public Relations(Connection source, SourceNames names) {
    this.source = source;
    this.names = names;
  }

  /**
   * A table that is asked for.
   *
   * @param relation oid of the table that was captured; none: not known
   */
  public record Wanted(TableName name, Optional<Long> relation) {}

  /**
   * What a name stands for now.
   *
   * @param relation oid; none: there is no such table
   * @param published whether its changes are in the publication
   * @param captured what the table that was captured is called; none: it is gone, or not known
   */
  public record Found(
      TableName name, Optional<Long> relation, boolean published, Optional<TableName> captured) {}

  /** All of them, by one question. */
  public List<Found> find(List<Wanted> tables) throws SQLException {
    List<Found> found = new ArrayList<>();
    try (PreparedStatement query = source.prepareStatement(QUERY)) {
      query.setString(1, names.publication());
      query.setArray(
          2,
          source.createArrayOf("text", tables.stream().map(one -> one.name().schema()).toArray()));
      query.setArray(
          3,
          source.createArrayOf("text", tables.stream().map(one -> one.name().table()).toArray()));
      query.setArray(
          4,
          source.createArrayOf(
              "bigint", tables.stream().map(one -> one.relation().orElse(null)).toArray()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(found(row));
        }
      }
    }
    return found;
  }

  private static Found found(ResultSet row) throws SQLException {
    String schema = row.getString(5);
    return new Found(
        new TableName(row.getString(1), row.getString(2)),
        Optional.ofNullable(row.getObject(3, Long.class)),
        row.getBoolean(4),
        schema == null ? Optional.empty() : Optional.of(new TableName(schema, row.getString(6))));
  }
}
