package io.riffle.samples.change;

import io.riffle.samples.change.SchemaChange.Kind;
import io.riffle.samples.rows.ColumnShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Adds, widens, renames and drops columns by turns. Keys, long columns and stamps stay. */
final class SchemaChanger {

  private static final String[] TYPES = {
    "text", "numeric(10,2)", "timestamptz", "jsonb", "text[]", "integer", "boolean", "bytea"
  };

  private static final List<Kind> TURNS = List.of(Kind.values());

  private final Connection connection;
  private final SplittableRandom random;
  private int made;

  /**
   * @param connection that commits by itself
   */
  SchemaChanger(Connection connection, SplittableRandom random) {
    this.connection = connection;
    this.random = random;
  }

  /** The next change, of any of the tables; one whose columns do not allow it gets another one. */
  SchemaChange change(List<KeyedTable> tables) throws SQLException {
    KeyedTable table = tables.get(random.nextInt(tables.size()));
    Kind kind = TURNS.get(made++ % TURNS.size());
    Optional<SchemaChange> possible =
        switch (kind) {
          case ADD -> Optional.empty();
          case WIDEN -> widening(table);
          case RENAME -> renaming(table);
          case DROP -> dropping(table);
        };
    SchemaChange change = possible.orElseGet(() -> adding(table));
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE " + table.shape().quoted() + " " + sql(statement, change));
    }
    table.readAgain(connection);
    return change;
  }

  private static String sql(Statement statement, SchemaChange change) throws SQLException {
    String column = statement.enquoteIdentifier(change.column(), true);
    return switch (change.kind()) {
      case ADD -> "ADD COLUMN " + column + " " + change.to();
      case WIDEN -> "ALTER COLUMN " + column + " TYPE " + change.to();
      case RENAME -> "RENAME " + column + " TO " + statement.enquoteIdentifier(change.to(), true);
      case DROP -> "DROP COLUMN " + column;
    };
  }

  /** Without a default: rows that were there have null, which no event says. */
  private SchemaChange adding(KeyedTable table) {
    String name = free(table, "added_");
    return new SchemaChange(table.name(), Kind.ADD, name, TYPES[random.nextInt(TYPES.length)]);
  }

  private Optional<SchemaChange> widening(KeyedTable table) {
    return any(table.shortColumns().stream().filter(c -> wider(c.type()) != null).toList())
        .map(c -> new SchemaChange(table.name(), Kind.WIDEN, c.name(), wider(c.type())));
  }

  private Optional<SchemaChange> renaming(KeyedTable table) {
    return any(table.shortColumns())
        .map(c -> new SchemaChange(table.name(), Kind.RENAME, c.name(), free(table, "renamed_")));
  }

  private Optional<SchemaChange> dropping(KeyedTable table) {
    List<ColumnShape> droppable =
        table.shortColumns().stream().filter(column -> !column.notNull()).toList();
    return droppable.size() < 2
        ? Optional.empty()
        : any(droppable).map(c -> new SchemaChange(table.name(), Kind.DROP, c.name(), null));
  }

  private static String wider(String type) {
    int open = type.indexOf('(');
    String base = open < 0 ? type : type.substring(0, open);
    String sizes = open < 0 ? "" : type.substring(open + 1, type.length() - 1);
    return switch (base) {
      case "smallint" -> "integer";
      case "integer" -> "bigint";
      case "character varying" ->
          sizes.isEmpty() ? null : "character varying(" + 2 * Integer.parseInt(sizes) + ")";
      case "numeric" -> sizes.isEmpty() ? null : widerNumeric(sizes.split(",", -1));
      default -> null;
    };
  }

  private static String widerNumeric(String[] sizes) {
    return "numeric(%d,%s)".formatted(Integer.parseInt(sizes[0]) + 2, sizes[1]);
  }

  private static String free(KeyedTable table, String prefix) {
    List<String> taken = table.shape().columns().stream().map(ColumnShape::name).toList();
    int number = 1;
    while (taken.contains(prefix + number)) {
      number++;
    }
    return prefix + number;
  }

  private Optional<ColumnShape> any(List<ColumnShape> columns) {
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(columns.get(random.nextInt(columns.size())));
  }
}
