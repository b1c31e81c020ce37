package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.infra.sources.SourceRun.Result;
import io.riffle.samples.change.ChangeKind;
import io.riffle.samples.change.ChangeReport;
import io.riffle.samples.change.SchemaChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeSet;

/** What {@code riffle generate cdc} prints. */
final class SourceReport {

  private SourceReport() {}

  static JsonNode json(List<Result> results) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode report = mapper.createObjectNode();
    ArrayNode sources = report.putArray("sources");
    results.forEach(result -> sources.add(mapper.<JsonNode>valueToTree(result)));
    return report;
  }

  static String text(List<Result> results) {
    StringJoiner text = new StringJoiner("\n\n");
    text.add(table(results).toString());
    results.forEach(result -> text.add(transactions(result)));
    return text.toString();
  }

  private static Table table(List<Result> results) {
    List<String> header = new ArrayList<>(List.of("SOURCE", "TABLE", "FILLED"));
    for (ChangeKind kind : ChangeKind.values()) {
      header.add(kind.name().replace('_', ' '));
    }
    Table table = new Table(header.toArray(String[]::new));
    for (Result result : results) {
      TreeSet<String> names = new TreeSet<>(result.filled().keySet());
      names.addAll(result.changed().changes().keySet());
      names.forEach(name -> table.row(row(result, name)));
    }
    return table;
  }

  private static String[] row(Result result, String table) {
    List<String> row = new ArrayList<>(List.of(result.source(), table));
    row.add(Long.toString(result.filled().getOrDefault(table, 0L)));
    Map<ChangeKind, Long> changes = result.changed().changes().getOrDefault(table, Map.of());
    for (ChangeKind kind : ChangeKind.values()) {
      row.add(Long.toString(changes.getOrDefault(kind, 0L)));
    }
    return row.toArray(String[]::new);
  }

  private static String transactions(Result result) {
    ChangeReport changed = result.changed();
    StringJoiner text = new StringJoiner("\n");
    text.add(
        String.format(
            Locale.ROOT,
            "%s: %,d changes committed in %,d transactions, %,d rolled back; the longest of %,d"
                + " changes, up to %d open at the same time; %.1f s",
            result.source(),
            changed.total(),
            changed.committed(),
            changed.rolledBack(),
            changed.longest(),
            changed.mostOpen(),
            changed.seconds()));
    text.add("  " + result.jdbcUrl());
    changed.schemaChanges().forEach(change -> text.add("  " + schemaChange(change)));
    return text.toString();
  }

  private static String schemaChange(SchemaChange change) {
    String name = change.table() + "." + change.column();
    return switch (change.kind()) {
      case ADD -> name + " was added: " + change.to();
      case WIDEN -> name + " is now " + change.to();
      case RENAME -> name + " is now called " + change.to();
      case DROP -> name + " was dropped";
    };
  }
}
