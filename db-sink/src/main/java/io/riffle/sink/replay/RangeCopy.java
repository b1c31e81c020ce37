package io.riffle.sink.replay;

import io.riffle.failure.Failure;
import io.riffle.failure.Verdict;
import io.riffle.lease.Lease;
import io.riffle.lease.LeaseElsewhereException;
import io.riffle.lease.LeaseStatus;
import io.riffle.sink.TaskLease;
import io.riffle.sink.copy.Bytes;
import io.riffle.sink.record.Arrival;
import io.riffle.sink.record.Incoming;
import io.riffle.sink.record.IncomingReader;
import io.riffle.sink.record.Place;
import io.riffle.sink.write.Batch;
import io.riffle.sink.write.Brake;
import io.riffle.sink.write.BrakeConfig;
import io.riffle.sink.write.Database;
import io.riffle.sink.write.DatabaseException;
import io.riffle.sink.write.Guard;
import io.riffle.sink.write.ReplayWriter;
import io.riffle.sink.write.ReplayWriter.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The second look at a range: the records that were found are written, in batches. */
final class RangeCopy {
  private static final Logger LOG = LoggerFactory.getLogger(RangeCopy.class);
  private static final BrakeConfig BRAKE = new BrakeConfig(20, 80);

  /** To read over so many records costs more than to ask for another place. */
  private static final long WORTH_A_SEEK = 50_000;

  private final ReplaySettings settings;
  private final Database database;
  private final TaskLease lease;
  private final ReplayTable table;
  private final RangeReader reader;
  private final IncomingReader incoming;
  private final Pulse pulse;
  private final ReplayWriter writer;
  private final Brake brake;
  private String refused;
  private Consumer<Step> watcher = step -> {};
  private ReplayRange range;
  private final List<Incoming> pending = new ArrayList<>();
  private long pendingBytes;

  RangeCopy(
      ReplaySettings settings,
      boolean forced,
      Database database,
      TaskLease lease,
      ReplayTable table,
      RangeReader reader,
      IncomingReader incoming,
      Pulse pulse) {
    this.settings = settings;
    this.database = database;
    this.lease = lease;
    this.table = table;
    this.reader = reader;
    this.incoming = incoming;
    this.pulse = pulse;
    this.writer =
        new ReplayWriter(
            database,
            settings.database().tablesSchema(),
            forced ? Guard.OLDER_OR_SAME : Guard.OLDER);
    this.brake = new Brake(BRAKE, writer, database);
  }

  /** A committed transaction: offsets that are done by it, and what became of their records. */
  record Step(long offsets, Outcome outcome) {}

  /**
   * Writes a range to its end.
   *
   * @param newest offsets of the records to write, ascending
   */
  void copy(ReplayRange whole, long[] newest, Consumer<Step> told) {
    range = whole;
    watcher = told;
    int at = 0;
    if (newest.length > 0) {
      reader.place(range.topicPartition(), newest[0]);
    }
    while (at < newest.length) {
      for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
        at = skipTo(newest, at, record.offset());
        if (at < newest.length && newest[at] == record.offset()) {
          take(record);
        }
      }
      pulse.beat();
      // What is not there any more was replaced by a record that the live sink has read.
      at = skipTo(newest, at, reader.position());
      if (at < newest.length && newest[at] - reader.position() > WORTH_A_SEEK) {
        reader.place(range.topicPartition(), newest[at]);
      }
    }
    flush(range.to());
  }

  /** The place of the first record that the database refused, and why. */
  Optional<String> refused() {
    return Optional.ofNullable(refused);
  }

  private static int skipTo(long[] newest, int from, long offset) {
    int at = from;
    while (at < newest.length && newest[at] < offset) {
      at++;
    }
    return at;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    Place place = new Place(range.topic(), range.partition(), record.offset());
    Incoming read =
        incoming.read(
            new Arrival(
                place,
                Bytes.of(record.key()),
                Optional.ofNullable(record.value()).map(Bytes::of),
                record.headers()));
    pending.add(read);
    pendingBytes += read.heldBytes();
    if (pending.size() >= settings.batch().rows() || pendingBytes >= settings.batch().bytes()) {
      flush(record.offset() + 1);
    }
  }

  private void flush(long next) {
    List<Incoming> records = List.copyOf(pending);
    pending.clear();
    pendingBytes = 0;
    write(records, next);
  }

  /** A record that does not fit is looked for by halves; alone, it is set aside. */
  private void write(List<Incoming> records, long next) {
    try {
      step(records, next);
    } catch (DatabaseException e) {
      Failure failure = e.failure();
      if (failure.verdict() != Verdict.RECORD) {
        throw e;
      }
      brake.check(records, failure);
      if (records.size() == 1) {
        step(List.of(setAside(records.get(0), e)), next);
      } else {
        int half = records.size() / 2;
        write(records.subList(0, half), records.get(half - 1).place().offset() + 1);
        write(records.subList(half, records.size()), next);
      }
    }
  }

  /** It stays in the log: once the table takes it, another replay brings it back. */
  private Incoming setAside(Incoming record, DatabaseException e) {
    String place =
        record.place() + ": " + e.blamed().constraint().map(name -> name + ", ").orElse("");
    refused = refused == null ? place + e.failure().text() : refused;
    LOG.atWarn()
        .addKeyValue("topic", record.place().topic().name())
        .addKeyValue("partition", record.place().partition())
        .addKeyValue("offset", record.place().offset())
        .addKeyValue("reason", e.failure().code())
        .log("record refused");
    return new Incoming.Bad(
        record.place(), record.origin(), e.failure().code(), e.blamed(), record.raw());
  }

  private void step(List<Incoming> records, long next) {
    lease.hold();
    Optional<Outcome> outcome = writer.write(new Batch(records), new Move(next));
    if (outcome.isEmpty()) {
      throw database.transaction(this::whyNot);
    }
    brake.written(records);
    watcher.accept(new Step(next - range.next(), outcome.get()));
    range = range.at(next);
  }

  private final class Move implements ReplayWriter.Progress {
    private final long next;

    private Move(long next) {
      this.next = next;
    }

    @Override
    public boolean move(Connection connection) throws SQLException {
      return table.move(connection, range, next, lease.token());
    }

    @Override
    public void count(Connection connection, Outcome outcome) throws SQLException {
      table.count(connection, outcome);
    }
  }

  private RuntimeException whyNot(Connection connection) throws SQLException {
    if (!table.beat(connection)) {
      return StoppedException.cancelled();
    } else if (!Lease.check(connection, lease.token())) {
      return new LeaseElsewhereException(LeaseStatus.read(connection));
    }
    return StoppedException.because("another process runs it");
  }
}
