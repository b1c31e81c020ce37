package io.riffle.sink.write;

import java.sql.SQLException;
import java.util.Set;

/**
 * What a failed statement means. The one place that looks at SQLSTATEs.
 *
 * @param sqlState five characters, or UNKNOWN
 * @param text what may be shown: the server's message only for classes whose messages name objects
 *     and never values
 */
public record SqlFailure(Kind kind, String sqlState, String text) {

  /** What to do about it. */
  public enum Kind {
    /** A neighbour is unwell: the whole batch again, later. */
    RETRY,
    /** A value does not fit: find the record and set it aside. */
    REJECT,
    /** Neither time nor another record helps: stop and say so. */
    SYSTEMIC
  }

  private static final String UNKNOWN = "UNKNOWN";

  /** Connection, rollback, resources, operator intervention, system errors. */
  private static final Set<String> RETRY_CLASSES = Set.of("08", "40", "53", "57", "58");

  /**
   * Lock timeout, idle-in-transaction timeout, read-only after a fail-over, transaction timeout.
   */
  private static final Set<String> RETRY_STATES =
      Set.of("55P03", "55006", "25P03", "25P04", "25006");

  /** Two children of one name in a record, data exceptions, constraint violations. */
  private static final Set<String> REJECT_CLASSES = Set.of("21", "22", "23");

  /** Their messages name roles, databases, tables and columns. */
  private static final Set<String> NAMING_CLASSES =
      Set.of("08", "28", "3D", "3F", "42", "53", "57");

  static SqlFailure of(SQLException e) {
    String told = e.getSQLState();
    String state =
        told == null || told.length() < 2 ? UNKNOWN : told; // the driver knows an empty one
    String shown = NAMING_CLASSES.contains(state.substring(0, 2)) ? ": " + e.getMessage() : "";
    return new SqlFailure(kind(state), state, "SQLSTATE " + state + shown);
  }

  /** For statements whose values are all Riffle's own: a value that does not fit is a defect. */
  SqlFailure ofBookkeeping() {
    return kind == Kind.REJECT
        ? new SqlFailure(Kind.SYSTEMIC, sqlState, "bookkeeping failed with " + text)
        : this;
  }

  /** Whether the connection cannot be used any more. */
  boolean endsConnection() {
    return sqlState.startsWith("08")
        || sqlState.startsWith("57P")
        || sqlState.startsWith("25P")
        || sqlState.startsWith("58")
        || sqlState.equals("25006");
  }

  private static Kind kind(String state) {
    if (RETRY_STATES.contains(state) || RETRY_CLASSES.contains(state.substring(0, 2))) {
      return Kind.RETRY;
    }
    return REJECT_CLASSES.contains(state.substring(0, 2)) ? Kind.REJECT : Kind.SYSTEMIC;
  }
}
