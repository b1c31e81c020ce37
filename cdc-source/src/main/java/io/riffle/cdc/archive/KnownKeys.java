package io.riffle.cdc.archive;

import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.EventNames;
import io.riffle.schemas.registry.RegisteredSchema;
import io.riffle.schemas.registry.SchemaRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keys of the tables of a source: of the staging tables, and of the newest events. Where there is
 * neither, what the source had when its epoch began.
 */
public final class KnownKeys implements LoadTarget.Keys {
  /** Of a table without a key, on topics and in staging. */
  private static final Set<String> OF_ROWS = Set.of("riffle_row");

  private final SchemaRegistry registry;
  private final Map<String, Set<String>> staged;
  private final Map<String, Set<String>> captured = new HashMap<>();

  private KnownKeys(
      SchemaRegistry registry, Map<String, Set<String>> staged, List<CapturedTable> tables) {
    this.registry = registry;
    this.staged = staged;
    for (CapturedTable table : tables) {
      captured.put(
          EventNames.topicPart(table.name().table()),
          table.hasKey() ? Set.copyOf(table.key()) : OF_ROWS);
    }
  }

  /** Reads what the target database knows. */
  public static KnownKeys read(String source, Connection target, SchemaRegistry registry)
      throws SQLException {
    Map<String, Set<String>> staged = new HashMap<>();
    try (PreparedStatement query =
        target.prepareStatement(
            "SELECT c.relname, a.attname FROM pg_constraint p JOIN pg_class c ON c.oid = p.conrelid"
                + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (p.conkey)"
                + " WHERE p.contype = 'p' AND c.relnamespace = to_regnamespace(?)")) {
      query.setString(1, "stg_" + source);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          staged.computeIfAbsent(rows.getString(1), any -> new HashSet<>()).add(rows.getString(2));
        }
      }
    }
    return new KnownKeys(registry, staged, new Sources(target).tables(source));
  }

  @Override
  public Set<Set<String>> of(String topic) {
    String table = ArchivedTable.of(topic).table();
    Set<Set<String>> known = new HashSet<>();
    Optional.ofNullable(staged.get(table)).ifPresent(known::add);
    registry
        .latest(topic + "-key")
        .map(RegisteredSchema::schema)
        .map(
            schema ->
                schema.getFields().stream().map(AvroFields::column).collect(Collectors.toSet()))
        .ifPresent(known::add);
    return known.isEmpty() && captured.containsKey(table) ? Set.of(captured.get(table)) : known;
  }
}
