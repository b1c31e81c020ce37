package io.riffle.sink;

import io.riffle.schemas.registry.RegistryUnavailableException;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.sink.copy.UnknownLayoutException;
import io.riffle.sink.offsets.LogFacts;
import io.riffle.sink.offsets.LogUnavailableException;
import io.riffle.sink.offsets.PositionCheck;
import io.riffle.sink.offsets.PositionException;
import io.riffle.sink.offsets.StoredOffset;
import io.riffle.sink.offsets.TopicLog;
import io.riffle.sink.record.Arrival;
import io.riffle.sink.record.Incoming;
import io.riffle.sink.record.IncomingReader;
import io.riffle.sink.write.Batch;
import io.riffle.sink.write.BatchWriter;
import io.riffle.sink.write.Database;
import io.riffle.sink.write.DatabaseException;
import io.riffle.sink.write.OffsetMove;
import io.riffle.sink.write.OffsetTable;
import io.riffle.sink.write.SqlFailure.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
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
  private final Clock clock = Clock.systemUTC();
  private final Intake intake;
  private final IncomingReader reader;
  private final TopicLog log;
  private final Database database;
  private final OffsetTable offsets;
  private final BatchWriter writer;
  private final Positions positions = new Positions();
  private final Deque<Arrival> arrivals = new ArrayDeque<>();
  private final Backlog backlog;
  private final Patience patience;
  private boolean paused;

  SinkLoop(SinkConfig config, SchemaRegistry registry, TopicLog log, SinkTaskContext context) {
    this.config = config;
    this.context = context;
    this.intake = new Intake(config.topics(), config.layouts());
    this.reader = new IncomingReader(registry);
    this.log = log;
    this.database = new Database(config.database());
    this.offsets = new OffsetTable(config.connector());
    this.writer = new BatchWriter(database, offsets, config.database().tablesSchema());
    this.backlog = new Backlog(config.batch());
    this.patience = new Patience(config.retry(), clock);
  }

  /** The worker moves the consumer to the offsets named here before it reads on. */
  void open(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> intake.topic(partition.topic()));
    positions.open(partitions);
    guarded(this::verify);
    pauseWhile(mustWait());
  }

  void put(Collection<SinkRecord> records) {
    records.stream()
        .filter(record -> positions.accept(Intake.partition(record), record.originalKafkaOffset()))
        .map(intake::arrival)
        .forEach(arrivals::add);
    if (patience.left().isZero()) {
      guarded(() -> work(records.isEmpty()));
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
  }

  void stop() {
    database.close();
    log.close();
  }

  private boolean mustWait() {
    boolean unplaced = !positions.unverified().isEmpty();
    return unplaced || !patience.left().isZero() || !arrivals.isEmpty() || backlog.isFull();
  }

  /** Connect waits this long for records; without anything to do, as long as it likes. */
  private Duration untilNextCall() {
    if (!patience.left().isZero()) {
      return patience.left();
    }
    return arrivals.isEmpty() && backlog.isEmpty()
        ? Duration.ofMinutes(1)
        : backlog.patience(clock.instant());
  }

  private void pauseWhile(boolean wait) {
    if (wait) {
      context.pause(positions.all().toArray(TopicPartition[]::new));
    } else if (paused) {
      context.resume(positions.all().toArray(TopicPartition[]::new));
    }
    paused = wait;
  }

  /** Turns failures into a pause or into the end of the task. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (DatabaseException e) {
      if (e.failure().kind() != Kind.RETRY) {
        throw new ConnectException("Postgres: " + e.getMessage());
      }
      patience.failed("postgres", e.getMessage());
    } catch (LogUnavailableException e) {
      patience.failed("kafka", e.getMessage());
    } catch (RegistryUnavailableException e) {
      patience.failed("registry", e.getMessage());
    } catch (PositionException | UnknownLayoutException e) {
      throw new ConnectException(e.getMessage(), e);
    }
  }

  private void work(boolean idle) {
    Instant end = clock.instant().plus(config.batch().busy());
    if (verify()) {
      return; // the consumer has to be moved first
    }
    boolean open = true;
    while (open && clock.instant().isBefore(end)) {
      read();
      open = backlog.isDue(clock.instant(), idle) && writeHead();
    }
    patience.succeeded();
  }

  /** Reads until the backlog is full; what is left waits its turn. */
  private void read() {
    while (!arrivals.isEmpty() && !backlog.isFull()) {
      backlog.add(reader.read(arrivals.peek()), clock.instant());
      arrivals.remove();
    }
  }

  /** Whether further batches may follow at once. */
  private boolean writeHead() {
    List<Incoming> head = backlog.head();
    try {
      return write(head);
    } catch (DatabaseException e) {
      return narrow(head, e);
    }
  }

  private boolean write(List<Incoming> head) {
    Instant start = clock.instant();
    Batch batch = new Batch(head);
    List<OffsetMove> moves = batch.moves(positions::written);
    if (!writer.write(batch, moves)) {
      LOG.atWarn().log("another task moved an offset, reading on where the database stands");
      positions.distrust();
      verify();
      return false;
    }
    moves.forEach(move -> positions.written(move.partition(), move.next()));
    backlog.written(head.size(), clock.instant());
    LOG.atDebug()
        .addKeyValue("rows", batch.size())
        .addKeyValue("millis", Duration.between(start, clock.instant()).toMillis())
        .log("batch written");
    return true;
  }

  /** A value that does not fit is looked for by halves; alone, it is set aside. */
  private boolean narrow(List<Incoming> head, DatabaseException e) {
    if (e.failure().kind() == Kind.REJECT && head.size() == 1) {
      return write(List.of(setAside(head.get(0), e.failure().sqlState())));
    } else if (e.failure().kind() == Kind.REJECT) {
      backlog.halve(head.size());
      return true;
    } else if (e.failure().sqlState().equals(STATEMENT_TIMEOUT)) {
      backlog.halve(head.size());
    }
    throw e;
  }

  private static Incoming setAside(Incoming record, String sqlState) {
    LOG.atWarn()
        .addKeyValue("topic", record.place().topic().name())
        .addKeyValue("partition", record.place().partition())
        .addKeyValue("offset", record.place().offset())
        .addKeyValue("reason", sqlState)
        .log("record rejected");
    return new Incoming.Bad(record.place(), record.origin(), sqlState, record.raw());
  }

  /**
   * Compares stored offsets with the log where that is due: for new partitions, and for all after
   * the session broke, when it is unknown what the last transaction came to.
   *
   * @return whether the consumer is moved, so that records taken in before do not count
   */
  private boolean verify() {
    if (!database.connected()) {
      positions.distrust();
    }
    Set<TopicPartition> unverified = positions.unverified();
    if (unverified.isEmpty()) {
      return false;
    }
    Map<TopicPartition, Long> next = storedOffsets(unverified);
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

  /** The database's offsets, checked; partitions seen for the first time are entered. */
  private Map<TopicPartition, Long> storedOffsets(Set<TopicPartition> partitions) {
    Map<TopicPartition, LogFacts> facts = log.facts(partitions);
    return database.transaction(
        connection -> {
          Map<TopicPartition, StoredOffset> stored = offsets.read(connection);
          boolean settled = offsets.isSettled(connection);
          Map<TopicPartition, Long> next = new HashMap<>();
          for (TopicPartition partition : partitions) {
            LogFacts fact = facts.get(partition);
            Optional<StoredOffset> row = Optional.ofNullable(stored.get(partition));
            next.put(
                partition, PositionCheck.next(partition, row, fact, settled && expires(partition)));
            if (row.isEmpty()) {
              offsets.add(connection, partition, fact, next.get(partition));
            } else if (row.get().next() != next.get(partition)) {
              long from = row.get().next();
              offsets.move(
                  connection, List.of(new OffsetMove(partition, from, next.get(partition))));
            }
          }
          return next;
        });
  }

  /** Merged topics keep their records, so what they lack was lost. */
  private boolean expires(TopicPartition partition) {
    return intake.topic(partition.topic()).layout().isEmpty();
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
    moved.forEach(positions::place);
    context.offset(moved);
  }
}
