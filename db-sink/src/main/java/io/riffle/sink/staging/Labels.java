package io.riffle.sink.staging;

import io.riffle.sink.staging.ChangeLog.What;
import io.riffle.sink.staging.StagedEvent.Move;
import io.riffle.sink.staging.StagedEvent.Put;
import io.riffle.sink.staging.StagingBatch.Placed;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The labels of enums. A source adds one without a word: the first row that has it tells. Labels
 * are added in transactions of their own, ahead of the rows, since Postgres wants it so.
 */
final class Labels {
  /** With or without quotes: Postgres leaves them out where it can. */
  private static final Pattern ELEMENT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|([^{},\"]+)");

  /** By the qualified name of the enum. */
  private final Map<String, Set<String>> known = new HashMap<>();

  void clear() {
    known.clear();
  }

  /** Makes the enums of a batch and adds the labels that they lack; commits. */
  void add(Connection connection, StagingBatch batch) throws SQLException {
    boolean changed = false;
    for (Placed placed : batch.events()) {
      if (placed.event() instanceof Put put) {
        changed |= add(connection, batch, put, placed.offset());
      } else if (placed.event() instanceof Move move) {
        changed |= add(connection, batch, move.to(), placed.offset());
      }
    }
    if (changed) {
      connection.commit();
    }
  }

  private boolean add(Connection connection, StagingBatch batch, Put put, long offset)
      throws SQLException {
    boolean changed = false;
    List<SourceColumn> columns = put.shape().columns();
    for (int at = 0; at < columns.size(); at++) {
      if (columns.get(at).type() instanceof TypeSpec.OfLabels spec
          && put.values().get(at) instanceof String text) {
        for (String label : spec.array() ? elements(text) : List.of(text)) {
          changed |= add(connection, batch, spec, label, offset);
        }
      }
    }
    return changed;
  }

  private static List<String> elements(String array) {
    List<String> elements = new ArrayList<>();
    Matcher matcher = ELEMENT.matcher(array);
    while (matcher.find()) {
      if (matcher.group(1) != null) {
        elements.add(matcher.group(1).replaceAll("\\\\(.)", "$1"));
      } else if (!matcher.group(2).equals("NULL")) {
        elements.add(matcher.group(2));
      }
    }
    return elements;
  }

  private boolean add(
      Connection connection, StagingBatch batch, TypeSpec.OfLabels spec, String label, long offset)
      throws SQLException {
    String schema = batch.table().stagingSchema();
    String type = TargetTypes.qualified(schema, spec.name());
    Set<String> labels = known.get(type);
    boolean made = labels == null;
    if (made) {
      StructureKeeper.makeSchema(connection, schema);
      TargetTypes.resolve(connection, schema, spec);
      labels = TargetTypes.labels(connection, type);
      known.put(type, labels);
    }
    if (labels.add(label)) {
      execute(connection, "ALTER TYPE " + type + " ADD VALUE IF NOT EXISTS " + Sql.text(label));
      new ChangeLog(connection, batch.table(), batch.partition().topic(), offset)
          .add(What.EXTENDED, "enum " + spec.name() + " has a new label");
      return true;
    }
    return made;
  }

  private static void execute(Connection connection, String ddl) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(ddl);
    }
  }
}
