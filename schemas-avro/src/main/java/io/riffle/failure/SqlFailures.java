package io.riffle.failure;

import java.sql.SQLException;
import java.util.Set;

/** What a failed statement means, by its SQLSTATE. */
public final class SqlFailures {
  private static final String UNKNOWN = "UNKNOWN";
  private static final int CLASS_LENGTH = 2;

  /** Their messages name roles, databases, tables and columns; all others may quote values. */
  private static final Set<String> NAMING_CLASSES =
      Set.of("08", "28", "3D", "3F", "42", "53", "57");

  private SqlFailures() {}

  public static Failure of(SQLException e) {
    String told = e.getSQLState();
    // the driver knows an empty one
    String state = told == null || told.length() < CLASS_LENGTH ? UNKNOWN : told;
    FailureRule rule = rule(state);
    String shown = NAMING_CLASSES.contains(classOf(state)) ? e.getMessage() : rule.meaning();
    return new Failure(
        Neighbour.POSTGRES, state, rule.verdict(), "SQLSTATE " + state + ": " + shown);
  }

  private static FailureRule rule(String state) {
    FailureTable table = FailureTable.builtIn();
    return table
        .find(Neighbour.POSTGRES, state)
        .or(() -> table.find(Neighbour.POSTGRES, classOf(state)))
        .orElseGet(() -> table.other(Neighbour.POSTGRES));
  }

  private static String classOf(String state) {
    return state.substring(0, CLASS_LENGTH);
  }
}
