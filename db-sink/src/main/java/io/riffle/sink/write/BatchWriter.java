package io.riffle.sink.write;

import io.riffle.failure.Failure;
import io.riffle.failure.Verdict;
import io.riffle.schemas.layout.Layout;
import io.riffle.sink.record.Incoming.Bad;
import io.riffle.sink.record.Incoming.Put;
import io.riffle.sink.record.Incoming.RowChange;
import io.riffle.sink.write.BarrierTable.Closing;
import io.riffle.sink.write.Tally.Outcome;
import io.riffle.sink.write.TypeWriter.Written;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
  private final String schema;
  private final Map<String, TypeWriter> types = new HashMap<>();
  private final Set<String> preparedTypes = new HashSet<>();
  private Connection preparedSession;

  public BatchWriter(Database database, OffsetTable offsets, String tablesSchema) {
    this.database = database;
    this.offsets = offsets;
    this.schema = tablesSchema;
    this.loaded = new LoadedTable(tablesSchema);
  }

  /**
   * Writes the batch.
   *
   * @param token of the lease
   * @return false, with nothing written, when a partition is not where it is expected, or the lease
   *     with somebody else
   * @throws DatabaseException when the transaction failed
   */
  public boolean write(Batch batch, List<OffsetMove> moves, long token) {
    return database.transaction(
        connection -> {
          List<TypeBatch> types = batch.types();
          prepareStaging(connection, types);
          if (!BookkeepingException.mark(() -> offsets.move(connection, moves, token))) {
            Database.undo(connection);
            return false;
          }
          List<Closing> closings = writeAll(connection, batch, types);
          connection.commit();
          closings.forEach(BatchWriter::log);
          return true;
        });
  }

  /**
   * Tries one record alone, in a transaction that is undone.
   *
   * @return why the database refuses the record, if it does
   * @throws DatabaseException when the transaction failed for another reason
   */
  Optional<Failure> refusal(RowChange record) {
    try {
      return database.transaction(
          connection -> {
            List<TypeBatch> types = new Batch(List.of(record)).types();
            prepareStaging(connection, types);
            TypeLock.take(connection, types);
            for (TypeBatch type : types) {
              writer(type.layout()).write(connection, type);
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

  /** Once per session, in a transaction of its own, so that a batch rolled back leaves it there. */
  private void prepareStaging(Connection connection, List<TypeBatch> types) throws SQLException {
    if (connection != preparedSession) {
      preparedSession = connection;
      preparedTypes.clear();
    }
    for (TypeBatch type : types) {
      if (!preparedTypes.contains(type.layout().type())) {
        writer(type.layout()).createStaging(connection);
        connection.commit();
        preparedTypes.add(type.layout().type());
      }
    }
  }

  private List<Closing> writeAll(Connection connection, Batch batch, List<TypeBatch> types)
      throws SQLException {
    Tally tally = new Tally();
    SortedMap<Attempt, SortedSet<Long>> persons = new TreeMap<>();
    TypeLock.take(connection, types);
    for (TypeBatch type : types) {
      Written written = writer(type.layout()).write(connection, type);
      type.all().forEach(change -> account(change, written, tally, persons));
    }
    ParkedTable.write(connection, batch.parked());
    RejectTable.writeReports(connection, batch.rejects());
    for (Bad bad : batch.bad()) {
      bad.origin().ifPresent(origin -> tally.count(bad, origin, Outcome.REJECTED));
    }
    return BookkeepingException.mark(() -> writeBookkeeping(connection, batch, tally, persons));
  }

  private List<Closing> writeBookkeeping(
      Connection connection, Batch batch, Tally tally, SortedMap<Attempt, SortedSet<Long>> persons)
      throws SQLException {
    RejectTable.writeBad(connection, batch.bad());
    TotalsTable.add(connection, tally);
    loaded.write(connection, persons);
    return BarrierTable.write(connection, batch.barriers());
  }

  /** A folded record shares the fate of the newest one of its key. */
  private static void account(
      RowChange change, Written written, Tally tally, SortedMap<Attempt, SortedSet<Long>> persons) {
    boolean older = written.refused().contains(change.key());
    tally.count(change, change.cause(), older ? Outcome.OLDER : Outcome.APPLIED);
    if (!older) {
      person(change, written)
          .ifPresent(
              person ->
                  persons
                      .computeIfAbsent(Attempt.of(change.cause()), added -> new TreeSet<>())
                      .add(person));
    }
  }

  private static OptionalLong person(RowChange change, Written written) {
    if (change instanceof Put put) {
      return put.row().person();
    }
    Long person = written.deletedPersons().get(change.key());
    return person == null ? OptionalLong.empty() : OptionalLong.of(person);
  }

  private TypeWriter writer(Layout layout) {
    return types.computeIfAbsent(layout.type(), added -> new TypeWriter(layout, schema));
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
