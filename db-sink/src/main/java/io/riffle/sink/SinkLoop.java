package io.riffle.sink;

import io.riffle.failure.Failure;
import io.riffle.failure.Failures;
import io.riffle.failure.Pause;
import io.riffle.failure.Verdict;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.sink.meter.RowCounts;
import io.riffle.sink.meter.SinkMeters;
import io.riffle.sink.meter.SinkMeters.Since;
import io.riffle.sink.offsets.TopicLog;
import io.riffle.sink.record.Arrival;
import io.riffle.sink.record.Incoming;
import io.riffle.sink.record.IncomingReader;
import io.riffle.sink.record.SinkTopic;
import io.riffle.sink.staging.CapturedTable;
import io.riffle.sink.staging.HaltedTableException;
import io.riffle.sink.staging.StagedEvent;
import io.riffle.sink.staging.StagedEvent.Move;
import io.riffle.sink.write.Batch;
import io.riffle.sink.write.BatchWriter;
import io.riffle.sink.write.Brake;
import io.riffle.sink.write.Database;
import io.riffle.sink.write.DatabaseException;
import io.riffle.sink.write.OffsetMove;
import io.riffle.sink.write.OffsetTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of a task: takes records in, writes them when a batch is due, waits while a neighbour is
 * away. Waiting never blocks the worker: partitions are paused and the call returns, so that the
 * consumer stays in its group however long the outage. One thread.
 */
final class SinkLoop {
  private static final Logger LOG = LoggerFactory.getLogger(SinkLoop.class);
  private static final String STATEMENT_TIMEOUT = "57014";

  private final SinkConfig config;
  private final SinkTaskContext context;
  private final Clock clock = new MonotonicClock();
  private final Intake intake;
  private final IncomingReader reader;
  private final TopicLog log;
  private final Database database;
  private final TaskLease lease;
  private final StoredPositions stored;
  private final BatchWriter writer;
  private final Brake brake;
  private final Positions positions = new Positions();
  private final Deque<Arrival> arrivals = new ArrayDeque<>();
  private final Backlog backlog;
  private final Pause pause;
  private final Patience patience;
  private final KeyChanges keyChanges = new KeyChanges();
  private final Halts halts;
  private final SinkMeters meters;
  private final AppendTimes appended = new AppendTimes();
  private boolean paused;

  SinkLoop(
      SinkConfig config,
      SchemaRegistry registry,
      TopicLog log,
      SinkTaskContext context,
      SinkMeters meters) {
    this.config = config;
    this.context = context;
    this.intake = new Intake(config.topics(), config.layouts());
    this.reader = new IncomingReader(registry);
    this.log = log;
    this.database = new Database(config.database());
    this.lease = new TaskLease(database, config.leaseParty(Integer.toString(config.task())), clock);
    OffsetTable offsets = new OffsetTable(config.connector());
    this.stored = new StoredPositions(database, lease, offsets, log, intake);
    this.writer = new BatchWriter(database, offsets, config.database().tablesSchema());
    this.brake = new Brake(config.brake(), writer, database);
    this.backlog = new Backlog(config.batch());
    this.pause = Pause.of(config.topics().set(), config.connector() + "-" + config.task());
    this.patience = new Patience(config.retry(), clock, pause);
    this.meters = meters;
    this.halts = new Halts(config.retry(), clock, this::partOf);
  }

  private Pause partOf(TopicPartition partition) {
    String task = config.connector() + "-" + config.task();
    return Pause.of(config.topics().set(), task + "/" + partition.topic());
  }

  /** The worker moves the consumer to the offsets named here before it reads on. */
  void open(Collection<TopicPartition> partitions) {
    partitions.stream()
        .map(partition -> intake.topic(partition.topic()))
        .filter(SinkTopic::isOfTable)
        .forEach(topic -> meters.expect(topic.table()));
    positions.open(partitions);
    guarded(this::verify);
    pauseWhile(mustWait());
  }

  void put(Collection<SinkRecord> records) {
    retryHalted();
    appended.note(records);
    records.stream()
        .filter(record -> positions.accept(Intake.partition(record), record.originalKafkaOffset()))
        .map(intake::arrival)
        .forEach(arrivals::add);
    if (patience.left().isZero()) {
      guarded(() -> work(records.isEmpty()));
    } else {
      lease.keep();
    }
    pauseWhile(mustWait());
    context.timeout(Math.max(1, untilNextCall().toMillis()));
  }

  Map<TopicPartition, OffsetAndMetadata> written() {
    return positions.written();
  }

  void close(Collection<TopicPartition> partitions) {
    positions.close(partitions);
    arrivals.removeIf(arrival -> partitions.contains(arrival.place().topicPartition()));
    backlog.removeAll(partitions);
    keyChanges.removeAll(partitions);
    halts.forget(partitions);
    appended.forget(partitions);
  }

  void stop() {
    halts.close();
    lease.leave();
    database.close();
    log.close();
    pause.close();
  }

  private boolean mustWait() {
    boolean unplaced = !positions.unverified().isEmpty();
    return unplaced || !patience.left().isZero() || !arrivals.isEmpty() || backlog.isFull();
  }

  /** Connect waits this long for records; without anything to do, until the lease is renewed. */
  private Duration untilNextCall() {
    Duration work = lease.untilRenewal();
    if (!patience.left().isZero()) {
      work = patience.left();
    } else if (!arrivals.isEmpty() || !backlog.isEmpty()) {
      work = backlog.patience(clock.instant());
    }
    return least(least(work, lease.untilRenewal()), halts.left().orElse(work));
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void pauseWhile(boolean wait) {
    if (wait) {
      context.pause(positions.all().toArray(TopicPartition[]::new));
    } else if (paused) {
      Set<TopicPartition> resumed = new HashSet<>(positions.all());
      resumed.removeAll(halts.held());
      context.resume(resumed.toArray(TopicPartition[]::new));
    }
    paused = wait;
  }

  /** Partitions that waited for an operator are read again from where they stood. */
  private void retryHalted() {
    Map<TopicPartition, Long> due = halts.due();
    if (!due.isEmpty()) {
      due.forEach(positions::release);
      context.offset(due);
      if (!paused) {
        context.resume(due.keySet().toArray(TopicPartition[]::new));
      }
    }
  }

  /** One table waits, the others go on. */
  private void halt(HaltedTableException e) {
    TopicPartition partition = e.partition();
    long first = backlog.removeFrom(partition, e.offset());
    long offset = Math.min(first, keyChanges.waiting(partition).orElse(first));
    arrivals.removeIf(arrival -> arrival.place().topicPartition().equals(partition));
    keyChanges.removeAll(Set.of(partition));
    positions.hold(partition);
    halts.halt(partition, offset, e.failure());
    context.pause(partition);
    CapturedTable table = intake.topic(partition.topic()).captured().orElseThrow();
    writer.halted(table, partition.topic(), e.failure().text());
  }

  /** Turns failures into a pause, where time or an operator may heal them; else into the end. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      // What is left of a bad record's failure here came from a statement that has none.
      Failure failure = Failures.of(e).map(Failure::ofBookkeeping).orElse(null);
      if (failure != null && failure.verdict().pauses()) {
        patience.failed(failure);
      } else {
        pause.stopped(failure == null ? Failure.ofDefect(e) : failure);
        throw failure == null ? e : new ConnectException(failure.text());
      }
    }
  }

  private void work(boolean idle) {
    Instant end = clock.instant().plus(config.batch().busy());
    if (verify()) {
      return; // the consumer has to be moved first
    }
    boolean open = true;
    while (open && clock.instant().isBefore(end)) {
      if (lease.hold()) {
        positions.distrust();
        return;
      }
      read();
      open = backlog.isDue(clock.instant(), idle) && writeHead();
    }
    patience.succeeded();
  }

  /** Reads until the backlog is full; what is left waits its turn. */
  private void read() {
    while (!arrivals.isEmpty() && !backlog.isFull()) {
      try {
        Incoming record = reader.read(arrivals.peek());
        arrivals.remove();
        keyChanges.join(record).forEach(joined -> backlog.add(joined, clock.instant()));
      } catch (HaltedTableException e) {
        halt(e);
      }
    }
  }

  /** Whether further batches may follow at once. */
  private boolean writeHead() {
    try {
      return writeOrNarrow(backlog.head());
    } catch (HaltedTableException e) {
      halt(e);
      return true;
    }
  }

  private boolean writeOrNarrow(List<Incoming> head) {
    try {
      return write(head);
    } catch (DatabaseException e) {
      return narrow(head, e);
    }
  }

  private boolean write(List<Incoming> head) {
    return write(head, head.size());
  }

  /**
   * @param waiting so many of the backlog's records they stand for
   */
  private boolean write(List<Incoming> head, int waiting) {
    Instant start = clock.instant();
    Batch batch = new Batch(head);
    List<OffsetMove> moves = batch.moves(positions::written);
    Optional<RowCounts> counts = writer.write(batch, moves, lease.token());
    if (counts.isEmpty()) {
      LOG.atWarn().log("lost the lease or an offset to another one, asking the database again");
      lease.distrust();
      positions.distrust();
      verify();
      return false;
    }
    Duration took = Duration.between(start, clock.instant());
    moves.forEach(this::written);
    backlog.written(waiting, clock.instant());
    brake.written(head);
    meters.committed(counts.get(), took);
    moves.forEach(move -> arrived(batch, move));
    LOG.atDebug()
        .addKeyValue("rows", batch.size())
        .addKeyValue("millis", took.toMillis())
        .log("batch written");
    return true;
  }

  private void arrived(Batch batch, OffsetMove move) {
    TopicPartition partition = move.partition();
    Optional<Instant> append = appended.take(partition, move.expected(), move.next());
    SinkTopic topic = intake.topic(partition.topic());
    Optional<Instant> commit = batch.committedAt(partition);
    Optional<Instant> since = topic.captured().isPresent() ? commit : append;
    Since from = topic.captured().isPresent() ? Since.SOURCE : Since.TOPIC;
    if (batch.hasRows(partition)) {
      since.ifPresent(
          at -> meters.arrived(topic.table(), from, Duration.between(at, Instant.now())));
    }
  }

  private void written(OffsetMove move) {
    positions.written(move.partition(), move.next());
    halts.written(move.partition(), move.next());
  }

  /** A value that does not fit is looked for by halves; alone, it is set aside. */
  private boolean narrow(List<Incoming> head, DatabaseException e) {
    Failure failure = e.failure();
    if (failure.verdict() != Verdict.RECORD) {
      if (failure.code().equals(STATEMENT_TIMEOUT)) {
        haltSingle(head);
        backlog.halve(head.size());
      }
      throw e;
    }
    brake.check(head, failure);
    if (head.size() == 1) {
      return writeRejected(setAside(head.get(0), e));
    }
    backlog.halve(head.size());
    return true;
  }

  /** One event that takes longer than a statement may is its table's trouble alone. */
  private static void haltSingle(List<Incoming> head) {
    if (head.size() == 1 && head.get(0) instanceof Incoming.Change change) {
      throw new HaltedTableException(
          change.place().topicPartition(),
          change.firstOffset(),
          "a single event takes longer than a statement may. Remedy: look for locks, triggers and"
              + " indexes of the staging table");
    }
  }

  /** What a reject says of its row may be what does not fit. */
  private boolean writeRejected(List<Incoming> records) {
    try {
      return write(records, 1);
    } catch (DatabaseException e) {
      if (e.failure().verdict() != Verdict.RECORD) {
        throw e;
      }
      Incoming.Bad bad = (Incoming.Bad) records.get(records.size() - 1);
      return write(List.of(bad.alone()), 1);
    }
  }

  /** Of a row with a new key, the old one is gone in any case. */
  private static List<Incoming> setAside(Incoming record, DatabaseException e) {
    if (record instanceof Incoming.Bad bad) {
      return List.of(bad.alone());
    }
    String sqlState = e.failure().code();
    LOG.atWarn()
        .addKeyValue("topic", record.place().topic().name())
        .addKeyValue("partition", record.place().partition())
        .addKeyValue("offset", record.place().offset())
        .addKeyValue("reason", sqlState)
        .log("record rejected");
    Incoming bad =
        new Incoming.Bad(
            record.place(), record.origin(), sqlState, e.blamed(), record.raw(), seen(record));
    return record instanceof Incoming.Change change && change.event() instanceof Move move
        ? List.of(new Incoming.Change(record.place(), move.from(), record.raw()), bad)
        : List.of(bad);
  }

  /** A row that does not fit is there in the source all the same. */
  private static Optional<StagedEvent> seen(Incoming record) {
    return record instanceof Incoming.Change change && change.event() instanceof StagedEvent.Put put
        ? Optional.of(new StagedEvent.Seen(put.version(), put.key()))
        : Optional.empty();
  }

  /**
   * Compares stored offsets with the log where that is due: for new partitions, and for all after
   * the session broke, when it is unknown what the last transaction came to, or the lease was with
   * somebody else.
   *
   * @return whether the consumer is moved, so that records taken in before do not count
   */
  private boolean verify() {
    if (!database.connected()) {
      positions.distrust();
    }
    if (lease.hold()) {
      positions.distrust();
    }
    Set<TopicPartition> unverified = positions.unverified();
    if (unverified.isEmpty()) {
      return false;
    }
    Map<TopicPartition, Long> next = stored.next(unverified);
    boolean agreed =
        next.entrySet().stream()
            .allMatch(stored -> positions.agrees(stored.getKey(), stored.getValue()));
    if (agreed) {
      unverified.forEach(positions::verified);
      return false;
    }
    place(next);
    return true;
  }

  private void place(Map<TopicPartition, Long> next) {
    Map<TopicPartition, Long> moved = new HashMap<>();
    next.forEach(
        (partition, offset) -> {
          if (positions.agrees(partition, offset)) {
            positions.verified(partition);
          } else {
            moved.put(partition, offset);
          }
        });
    arrivals.removeIf(arrival -> moved.containsKey(arrival.place().topicPartition()));
    backlog.removeAll(moved.keySet());
    keyChanges.removeAll(moved.keySet());
    halts.forget(moved.keySet());
    appended.forget(moved.keySet());
    moved.forEach(positions::place);
    context.offset(moved);
  }
}
