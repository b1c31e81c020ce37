package io.riffle.sink.rebuild;

import io.riffle.failure.Verdict;
import io.riffle.sink.copy.RowBlocks;
import io.riffle.sink.write.CopyStream;
import io.riffle.sink.write.Database;
import io.riffle.sink.write.DatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.PSQLState;

/** Rows that wait to be copied, and the transaction that copies them. One thread at a time. */
final class Chunk {
  /** What the sink would hand to {@code riffle.rejects}: values that do not fit. */
  private static final List<String> RECORD_CLASSES = List.of("22", "23");

  private final RowBlocks rows;
  private final RecordFacts facts = new RecordFacts();
  private final String[] copies;

  Chunk(ShadowTables tables) {
    List<ShadowTable> loaded = tables.loaded();
    this.rows = new RowBlocks(tables.all().size() - 1);
    this.copies =
        loaded.stream()
            .map(table -> CopyStream.sql(tables.shadow(table), table.columns()))
            .toArray(String[]::new);
  }

  RowBlocks rows() {
    return rows;
  }

  RecordFacts facts() {
    return facts;
  }

  /** What else is to be done in the transaction. */
  interface Bookkeeping {
    /**
     * Writes it.
     *
     * @param copied rows that are in the tables now
     * @param refused offsets of records that the database refused
     */
    void write(Connection connection, TableSums copied, List<Long> refused) throws SQLException;
  }

  /** Copies everything in one transaction, and is empty then. */
  void copy(Database database, Bookkeeping bookkeeping) {
    try {
      write(database, bookkeeping, false);
    } catch (DatabaseException e) {
      if (e.failure().verdict() != Verdict.RECORD) {
        throw e;
      }
      write(database, bookkeeping, true);
    }
    rows.clear();
    facts.clear();
  }

  private void write(Database database, Bookkeeping bookkeeping, boolean byHalves) {
    database.transaction(
        connection -> {
          new Sql(connection).execute("SET LOCAL synchronous_commit = off");
          TableSums copied = new TableSums(copies.length);
          List<Long> refused = new ArrayList<>();
          if (byHalves) {
            copyByHalves(connection, 0, rows.records(), copied, refused);
          } else {
            copy(connection, 0, rows.records(), copied);
          }
          bookkeeping.write(connection, copied, refused);
          return true;
        });
  }

  /** Finds the records that do not fit; all others are copied. */
  private void copyByHalves(
      Connection connection, int from, int to, TableSums copied, List<Long> refused)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      TableSums part = new TableSums(copies.length);
      copy(connection, from, to, part);
      connection.releaseSavepoint(before);
      copied.add(part);
    } catch (SQLException e) {
      if (!isOfRecord(e)) {
        throw e;
      }
      connection.rollback(before);
      if (to - from == 1) {
        refused.add(facts.offset(from));
      } else {
        int middle = (from + to) >>> 1;
        copyByHalves(connection, from, middle, copied, refused);
        copyByHalves(connection, middle, to, copied, refused);
      }
    }
  }

  private static boolean isOfRecord(SQLException e) {
    String state = e.getSQLState() == null ? PSQLState.UNKNOWN_STATE.getState() : e.getSQLState();
    return RECORD_CLASSES.stream().anyMatch(state::startsWith);
  }

  private void copy(Connection connection, int from, int to, TableSums copied) throws SQLException {
    for (int table = 0; table < copies.length; table++) {
      int start = rows.start(table, from);
      int length = rows.start(table, to) - start;
      if (length > 0) {
        try (CopyStream out = CopyStream.open(connection, copies[table])) {
          out.write(rows.array(table), start, length);
          out.finish();
        }
      }
    }
    copied.add(rows, from, to, facts);
  }
}
