package io.riffle.sink.write;

import io.riffle.failure.Failure;
import io.riffle.failure.Verdict;
import io.riffle.sink.meter.RowCounts;
import io.riffle.sink.record.Incoming;
import io.riffle.sink.staging.StagingWriter;
import java.util.List;
import java.util.Optional;

/** Tries records alone, in transactions that are undone. */
final class Trial {
  private final Database database;
  private final TypeWriters types;
  private final StagingWriter staging;

  Trial(Database database, TypeWriters types, StagingWriter staging) {
    this.database = database;
    this.types = types;
    this.staging = staging;
  }

  /**
   * Why the database refuses the record, if it does.
   *
   * @throws DatabaseException when the transaction failed for another reason
   */
  Optional<Failure> refusal(Incoming record) {
    try {
      return database.transaction(
          connection -> {
            Batch batch = new Batch(List.of(record));
            List<TypeBatch> batches = batch.types();
            types.prepare(connection, batches);
            staging.prepare(connection, batch.staging());
            TypeLock.take(connection, batches);
            for (TypeBatch type : batches) {
              types.of(type.layout()).write(connection, type);
            }
            staging.write(connection, batch.staging(), new RowCounts());
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
