package io.riffle.sink.staging;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Types of the target database that are not built in: found, or made for a source. */
final class TargetTypes {
  private static final String FORMATTED = "SELECT format_type(to_regtype(?), NULL)";
  private static final String OF_EXTENSION =
      "SELECT format_type(t.oid, NULL) FROM pg_type t WHERE t.typname = ? AND t.typtype = 'b'"
          + " ORDER BY t.oid LIMIT 1";
  private static final String LABELS =
      "SELECT e.enumlabel FROM pg_enum e WHERE e.enumtypid = to_regtype(?)"
          + " ORDER BY e.enumsortorder";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private TargetTypes() {}

  /**
   * The type of a column; makes what is missing.
   *
   * @param schema of the staging tables, not quoted
   */
  static ColumnType resolve(Connection connection, String schema, TypeSpec spec)
      throws SQLException {
    if (spec instanceof TypeSpec.BuiltIn builtIn) {
      return builtIn.type();
    } else if (spec instanceof TypeSpec.OfExtension extension) {
      ColumnType type = ColumnType.of(ofExtension(connection, extension.name()));
      return extension.array() ? type.arrayOf() : type;
    }
    TypeSpec.OfLabels labels = (TypeSpec.OfLabels) spec;
    ColumnType type = ColumnType.of(ofLabels(connection, schema, labels));
    return labels.array() ? type.arrayOf() : type;
  }

  private static String ofExtension(Connection connection, String name) throws SQLException {
    Optional<String> found = text(connection, OF_EXTENSION, name);
    if (found.isPresent()) {
      return found.get();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION IF NOT EXISTS " + Sql.name(name) + " SCHEMA public");
    } catch (SQLException e) {
      throw new SQLException(
          "type " + name + " is missing in this database: CREATE EXTENSION " + name,
          INSUFFICIENT_PRIVILEGE,
          e);
    }
    return text(connection, OF_EXTENSION, name).orElse("text");
  }

  private static String ofLabels(Connection connection, String schema, TypeSpec.OfLabels spec)
      throws SQLException {
    String name = qualified(schema, spec.name());
    Optional<String> found = text(connection, FORMATTED, name);
    if (found.isPresent()) {
      return found.get();
    }
    String labels = spec.labels().stream().map(Sql::text).collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TYPE " + name + " AS ENUM (" + labels + ")");
    }
    return text(connection, FORMATTED, name).orElseThrow();
  }

  static String qualified(String schema, String type) {
    return Sql.name(schema) + "." + Sql.name(type);
  }

  /** The labels of an enum, in its order; empty when there is no such type. */
  static Set<String> labels(Connection connection, String type) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LABELS)) {
      statement.setString(1, type);
      try (ResultSet rows = statement.executeQuery()) {
        List<String> labels = new ArrayList<>();
        while (rows.next()) {
          labels.add(rows.getString(1));
        }
        return new LinkedHashSet<>(labels);
      }
    }
  }

  private static Optional<String> text(Connection connection, String sql, String parameter)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
      }
    }
  }
}
