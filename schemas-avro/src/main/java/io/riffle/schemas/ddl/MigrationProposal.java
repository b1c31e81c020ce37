package io.riffle.schemas.ddl;

import io.riffle.schemas.layout.Layouts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What brings the tables of a database to what layouts say, as far as that is safe: new tables, new
 * columns that may be null, longer texts. Each is a change of the catalog alone; no row is
 * rewritten. Everything else is a problem in words.
 *
 * @param statements without semicolons, in their order
 * @param problems differences that a person has to decide on
 */
public record MigrationProposal(List<String> statements, List<String> problems) {

  private static final String PLACEHOLDER = "${tables}";

  public MigrationProposal {
    statements = List.copyOf(statements);
    problems = List.copyOf(problems);
  }

  /**
   * Compares layouts with a database. The statements name the schema of the tables of record by the
   * migrations' placeholder <code>${tables}</code>.
   *
   * @param schema where the tables of record are in that database
   */
  public static MigrationProposal between(Layouts layouts, Connection database, String schema)
      throws SQLException {
    TableComparison comparison =
        new TableComparison(StoredTables.read(database, schema), PLACEHOLDER);
    layouts.all().forEach(comparison::add);
    return new MigrationProposal(comparison.statements(), comparison.problems());
  }

  /** Whether the tables are what the layouts say. */
  public boolean isEmpty() {
    return statements.isEmpty() && problems.isEmpty();
  }

  /** A migration file: the problems as comments, then the statements. */
  public String sql() {
    StringBuilder sql = new StringBuilder("-- Proposed from the layouts; look through it.\n");
    problems.forEach(problem -> sql.append("-- NOT DONE: ").append(problem).append('\n'));
    statements.forEach(statement -> sql.append('\n').append(statement).append(";\n"));
    return sql.toString();
  }
}
