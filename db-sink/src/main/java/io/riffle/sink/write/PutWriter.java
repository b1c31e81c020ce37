package io.riffle.sink.write;

import io.riffle.sink.copy.RowVersion;
import io.riffle.sink.record.Incoming.Put;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;

/**
 * Writes whole rows of one type. What the database has of their keys is asked first; then rows go
 * straight to the table where there is none, those that change through staging, and children only
 * where they differ. What was found need not last until it is used: every statement fails, or
 * writes fewer rows, when it does not, and the batch is tried again.
 */
final class PutWriter {
  /** A transaction's instant as COPY has it: microseconds since 2000-01-01. */
  private static final String NOW =
      "SELECT (extract(epoch FROM now()) * 1000000)::bigint - 946684800000000";

  /** A plan for any keys: planned for these very ones, a look would take thrice as long. */
  private static final String ANY_KEYS = "SET LOCAL plan_cache_mode = force_generic_plan";

  private static final String THESE_KEYS = "SET LOCAL plan_cache_mode = auto";
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String TRY_AGAIN = "40001";

  private final String type;
  private final TypeSql sql;
  private final List<ChildTable> children;
  private final Guard guard;

  PutWriter(String type, TypeSql sql, List<ChildTable> children, Guard guard) {
    this.type = type;
    this.sql = sql;
    this.children = children;
    this.guard = guard;
  }

  /** Gives what was done, and what was refused. */
  PutPlan write(Connection connection, List<Put> puts) throws SQLException {
    Statements statements = new Statements(connection);
    statements.update(ANY_KEYS);
    PutPlan plan = new PutPlan(puts, find(statements, puts), guard);
    statements.update(THESE_KEYS);
    if (plan.isEmpty()) {
      return plan;
    }
    long now = now(statements);
    update(statements, plan, now);
    insert(statements, plan, now);
    if (!plan.undeleted().isEmpty()) {
      statements.update(sql.forgetDeletedKeys(), type, Statements.keys(plan.undeleted()));
    }
    return plan;
  }

  private Present find(Statements statements, List<Put> puts) throws SQLException {
    Present present = new Present();
    long[] keys = Statements.keys(puts);
    statements.query(
        sql.findRows(),
        row -> present.rows().put(row.getLong(1), new Present.Row(version(row), row.getLong(4))),
        (Object) keys);
    statements.query(
        sql.findDeleted(),
        row -> present.tombstones().put(row.getLong(1), version(row)),
        type,
        keys);
    long[] absent = present.absent(keys);
    for (ChildTable child : children) {
      statements.query(
          child.findStrays(), row -> present.strays().add(row.getLong(1)), (Object) absent);
    }
    return present;
  }

  private static RowVersion version(ResultSet row) throws SQLException {
    return new RowVersion(row.getInt(2), row.getLong(3));
  }

  private static long now(Statements statements) throws SQLException {
    long[] now = new long[1];
    statements.query(NOW, row -> now[0] = row.getLong(1));
    return now[0];
  }

  private void update(Statements statements, PutPlan plan, long now) throws SQLException {
    if (plan.changed().isEmpty()) {
      return;
    }
    copy(statements, sql.stage().copy(), plan.changed(), now);
    Object[] parameters = {Statements.keys(plan.rewritten())};
    int rows = statements.update(sql.updateRows(), sql.isHashed() ? parameters : new Object[0]);
    requireAll(rows, plan.changed());
  }

  /** Straight to the tables; through staging when a key or a child is there after all. */
  private void insert(Statements statements, PutPlan plan, long now) throws SQLException {
    if (plan.fresh().isEmpty() && plan.rewritten().isEmpty()) {
      return;
    }
    Savepoint before = statements.savepoint();
    try {
      if (!plan.fresh().isEmpty()) {
        copy(statements, sql.copyRows(), plan.fresh(), now);
      }
      writeChildren(statements, plan.childless(), plan.rewritten());
      statements.release(before);
    } catch (SQLException e) {
      if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw e;
      }
      statements.rollBackTo(before);
      insertStaged(statements, plan, now);
    }
  }

  /** Trusts no absence: children may be there, and a row that came meanwhile ends the attempt. */
  private void insertStaged(Statements statements, PutPlan plan, long now) throws SQLException {
    statements.update(sql.clearStage());
    copy(statements, sql.stage().copy(), plan.fresh(), now);
    requireAll(statements.update(sql.insertRows()), plan.fresh());
    writeChildren(statements, List.of(), plan.withChildren());
  }

  private void writeChildren(Statements statements, List<Put> childless, List<Put> rewritten)
      throws SQLException {
    for (ChildTable child : children) {
      child.write(statements, childless, rewritten);
    }
  }

  private static void copy(Statements statements, String copy, List<Put> puts, long now)
      throws SQLException {
    statements.copy(
        copy,
        out -> {
          for (Put put : puts) {
            out.writeStamped(put.row().header().array(), now);
          }
        });
  }

  private static void requireAll(int rows, List<Put> puts) throws SQLException {
    if (rows != puts.size()) {
      throw new SQLException("a row changed meanwhile", TRY_AGAIN);
    }
  }
}
