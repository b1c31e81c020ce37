package io.riffle.sink.write;

import io.riffle.failure.Failure;
import io.riffle.failure.Verdict;
import io.riffle.sink.record.Incoming.RowChange;
import java.util.List;
import java.util.Optional;

/** Tries records alone, in transactions that are undone. */
final class Trial {
  private final Database database;
  private final TypeWriters types;

  Trial(Database database, TypeWriters types) {
    this.database = database;
    this.types = types;
  }

  /**
   * Why the database refuses the record, if it does.
   *
   * @throws DatabaseException when the transaction failed for another reason
   */
  Optional<Failure> refusal(RowChange record) {
    try {
      return database.transaction(
          connection -> {
            List<TypeBatch> batches = new Batch(List.of(record)).types();
            types.prepare(connection, batches);
            TypeLock.take(connection, batches);
            for (TypeBatch batch : batches) {
              types.of(batch.layout()).write(connection, batch);
            }
            Database.undo(connection);
            return Optional.empty();
          });
    } catch (DatabaseException e) {
      if (e.failure().verdict() == Verdict.RECORD) {
        return Optional.of(e.failure());
      }
      throw e;
    }
  }
}
