package io.riffle.sink.write;

import io.riffle.sink.meter.RowCounts;
import io.riffle.sink.meter.RowCounts.Op;
import io.riffle.sink.meter.RowCounts.Result;
import io.riffle.sink.record.Incoming.Bad;
import io.riffle.sink.record.Incoming.Delete;
import io.riffle.sink.record.Incoming.RowChange;
import io.riffle.sink.staging.CapturedTable;
import io.riffle.sink.staging.StagingWriter;
import io.riffle.sink.write.BarrierTable.Closing;
import io.riffle.sink.write.Tally.Outcome;
import io.riffle.sink.write.TypeWriter.Written;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One batch, one transaction: offsets by compare-and-set, rows, what is parked and rejected,
 * totals, and last the barriers, which close files. Either all of it is there or nothing.
 */
public final class BatchWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

  private final Database database;
  private final OffsetTable offsets;
  private final LoadedTable loaded;
  private final TypeWriters writers;
  private final StagingWriter staging = new StagingWriter();

  public BatchWriter(Database database, OffsetTable offsets, String tablesSchema) {
    this.database = database;
    this.offsets = offsets;
    this.writers = new TypeWriters(tablesSchema, Guard.OLDER);
    this.loaded = new LoadedTable(tablesSchema);
  }

  /**
   * Writes the batch.
   *
   * @param token of the lease
   * @return what became of the records; empty, with nothing written, when a partition is not where
   *     it is expected, or the lease with somebody else
   * @throws DatabaseException when the transaction failed
   * @throws io.riffle.sink.staging.HaltedTableException when a staging table cannot follow its
   *     source; nothing is written
   */
  public Optional<RowCounts> write(Batch batch, List<OffsetMove> moves, long token) {
    return database.transaction(
        connection -> {
          List<TypeBatch> types = batch.types();
          writers.prepare(connection, types);
          staging.prepare(connection, batch.staging());
          if (!BookkeepingException.mark(() -> offsets.move(connection, moves, token))) {
            Database.undo(connection);
            return Optional.empty();
          }
          RowCounts counts = new RowCounts();
          List<Closing> closings = writeAll(connection, batch, types, counts);
          connection.commit();
          staging.committed();
          closings.forEach(BatchWriter::log);
          return Optional.of(counts);
        });
  }

  /**
   * Notes why nothing of a staging table is written for now.
   *
   * @throws DatabaseException when the transaction failed
   */
  public void halted(CapturedTable table, String topic, String reason) {
    database.transaction(
        connection -> {
          StagingWriter.stop(connection, table, topic, reason);
          return true;
        });
  }

  /** Tries single records as this writer would write them. */
  Trial trial() {
    return new Trial(database, writers, staging);
  }

  private List<Closing> writeAll(
      Connection connection, Batch batch, List<TypeBatch> types, RowCounts counts)
      throws SQLException {
    Tally tally = new Tally();
    ChangedPersons persons = new ChangedPersons();
    TypeLock.take(connection, types);
    for (TypeBatch type : types) {
      Written written = writers.of(type.layout()).write(connection, type);
      RowCounts.OfTable rows = counts.of(type.layout().headerTable());
      type.all().forEach(change -> account(change, written, tally, persons, rows));
    }
    staging.write(connection, batch.staging(), counts);
    ParkedTable.write(connection, batch.parked());
    RejectTable.writeReports(connection, batch.rejects());
    for (Bad bad : batch.bad()) {
      counts.of(bad.place().topic().table()).count(Op.UNKNOWN, Result.REJECT);
      bad.origin().ifPresent(origin -> tally.count(bad, origin, Outcome.REJECTED));
    }
    return BookkeepingException.mark(() -> writeBookkeeping(connection, batch, tally, persons));
  }

  private List<Closing> writeBookkeeping(
      Connection connection, Batch batch, Tally tally, ChangedPersons persons) throws SQLException {
    RejectTable.writeBad(connection, batch.bad());
    TotalsTable.add(connection, tally);
    loaded.write(connection, persons.byAttempt());
    return BarrierTable.write(connection, batch.barriers());
  }

  /** A folded record shares the fate of the newest one of its key. */
  private static void account(
      RowChange change,
      Written written,
      Tally tally,
      ChangedPersons persons,
      RowCounts.OfTable rows) {
    boolean older = written.refused().contains(change.key());
    rows.count(change instanceof Delete ? Op.DELETE : Op.UPSERT, result(change, written, older));
    tally.count(change, change.cause(), older ? Outcome.OLDER : Outcome.APPLIED);
    if (!older) {
      persons.add(change, written);
    }
  }

  private static Result result(RowChange change, Written written, boolean older) {
    if (!older) {
      return Result.APPLIED;
    }
    return written.same().contains(change.key()) ? Result.DUPLICATE : Result.OLDER;
  }

  private static void log(Closing closing) {
    if (closing.closed()) {
      LOG.atInfo()
          .addKeyValue("file", closing.attempt().file())
          .addKeyValue("attempt", closing.attempt().number())
          .log("file completed");
    }
    closing
        .problem()
        .ifPresent(
            problem ->
                LOG.atWarn()
                    .addKeyValue("file", closing.attempt().file())
                    .addKeyValue("attempt", closing.attempt().number())
                    .addKeyValue("problem", problem)
                    .log("file cannot be completed"));
  }
}
