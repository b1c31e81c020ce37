package io.riffle.sink.write;

import io.riffle.sink.record.Incoming.RowChange;
import io.riffle.sink.staging.StagingWriter;
import io.riffle.sink.write.TypeWriter.Written;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Writes records again that the sink has read before: rows, and what readers are told of changed
 * ones. Totals, barriers, rejects and what is parked stay as they are: they are counted already.
 */
public final class ReplayWriter {
  private final Database database;
  private final LoadedTable loaded;
  private final TypeWriters writers;

  /**
   * @param tablesSchema schema of the tables of record
   * @param guard which rows may be written over
   */
  public ReplayWriter(Database database, String tablesSchema, Guard guard) {
    this.database = database;
    this.loaded = new LoadedTable(tablesSchema);
    this.writers = new TypeWriters(tablesSchema, guard);
  }

  /**
   * What became of the rows of a batch, folded ones counted once.
   *
   * @param rejected bad records in it, of which nothing is written
   */
  public record Outcome(int written, int kept, int rejected) {}

  /** The replay's own rows, in the transaction of the batch. */
  public interface Progress {
    /**
     * First: locks and moves them. False, and nothing is written, when they are not as expected.
     */
    boolean move(Connection connection) throws SQLException;

    /** Last, before the commit. */
    void count(Connection connection, Outcome outcome) throws SQLException;
  }

  /**
   * Writes the batch.
   *
   * @return empty, with nothing written, when the progress was not as expected
   * @throws DatabaseException when the transaction failed
   */
  public Optional<Outcome> write(Batch batch, Progress progress) {
    return database.transaction(
        connection -> {
          List<TypeBatch> types = batch.types();
          writers.prepare(connection, types);
          if (!BookkeepingException.mark(() -> progress.move(connection))) {
            Database.undo(connection);
            return Optional.empty();
          }
          return Optional.of(writeAll(connection, batch, types, progress));
        });
  }

  Trial trial() {
    return new Trial(database, writers, new StagingWriter());
  }

  private Outcome writeAll(
      Connection connection, Batch batch, List<TypeBatch> types, Progress progress)
      throws SQLException {
    ChangedPersons persons = new ChangedPersons();
    int written = 0;
    int kept = 0;
    TypeLock.take(connection, types);
    for (TypeBatch type : types) {
      Written result = writers.of(type.layout()).write(connection, type);
      note(type, result, persons);
      kept += result.refused().size();
      written += type.puts().size() + type.deletes().size() - result.refused().size();
    }
    Outcome outcome = new Outcome(written, kept, batch.bad().size());
    return BookkeepingException.mark(
        () -> {
          loaded.write(connection, persons.byAttempt());
          progress.count(connection, outcome);
          return outcome;
        });
  }

  private static void note(TypeBatch type, Written result, ChangedPersons persons) {
    for (RowChange change : type.all()) {
      if (!result.refused().contains(change.key())) {
        persons.add(change, result);
      }
    }
  }
}
