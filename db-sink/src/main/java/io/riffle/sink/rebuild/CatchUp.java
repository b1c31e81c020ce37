package io.riffle.sink.rebuild;

import io.riffle.failure.Verdict;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.sink.copy.Bytes;
import io.riffle.sink.copy.RowVersion;
import io.riffle.sink.record.Arrival;
import io.riffle.sink.record.Incoming;
import io.riffle.sink.record.Incoming.Delete;
import io.riffle.sink.record.Incoming.RowChange;
import io.riffle.sink.record.IncomingReader;
import io.riffle.sink.record.Place;
import io.riffle.sink.record.SinkTopic;
import io.riffle.sink.write.Database;
import io.riffle.sink.write.DatabaseException;
import io.riffle.sink.write.GuardedRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes into the shadow tables what the sink wrote into the live ones since they were loaded, by
 * the sink's own guard. One thread.
 */
final class CatchUp implements RangeReader.Receiver<byte[], byte[]>, AutoCloseable {
  private static final int BATCH_ROWS = 10_000;
  private static final long BATCH_BYTES = 32L << 20;

  private final Database database;
  private final ProgressTable table;
  private final SinkTopic topic;
  private final GuardedRows rows;
  private final Verification verification;
  private final IncomingReader incoming;
  private final RangeReader<byte[], byte[]> reader;
  private final LongConsumer reached;
  private final Map<Long, Written> written = new HashMap<>();
  private final List<RowChange> batch = new ArrayList<>();
  private long batchBytes;
  private int partition;
  private long stored;
  private long end;

  CatchUp(
      Database database,
      ProgressTable table,
      ShadowTables tables,
      SinkTopic topic,
      RebuildSettings settings,
      SchemaRegistry registry,
      LongConsumer reached) {
    this.database = database;
    this.table = table;
    this.topic = topic;
    this.rows = new GuardedRows(tables.layout(), tables.schema(), tables.deletedKeys());
    this.verification = new Verification(tables);
    this.incoming = new IncomingReader(registry);
    KafkaConsumer<byte[], byte[]> consumer = new MergedTopic(settings.kafka()).bytes();
    this.reader = new RangeReader<>(consumer);
    this.reached = reached;
  }

  /** The newest change of a key that was written here. */
  record Written(RowVersion version, boolean deleted) {
    static Written of(RowChange change) {
      return new Written(change.place().version(), change instanceof Delete);
    }

    Written newer(Written other) {
      return version.compareTo(other.version) > 0 ? this : other;
    }
  }

  /** How far the partitions are now. */
  Map<TopicPartition, Long> positions() {
    return database.transaction(table::positions);
  }

  /**
   * Goes to these offsets, and makes sure that what stands there is in the tables then.
   *
   * @return how many offsets that were
   * @throws RebuildException when it is not
   */
  long to(Map<TopicPartition, Long> goal) {
    long offsets = 0;
    for (Map.Entry<TopicPartition, Long> at : positions().entrySet()) {
      end = goal.get(at.getKey());
      if (end > at.getValue()) {
        partition = at.getKey().partition();
        stored = at.getValue();
        prepare();
        offsets += end - stored;
        reader.read(at.getKey(), stored, end, this);
      }
    }
    requireWritten();
    return offsets;
  }

  private void requireWritten() {
    if (!written.isEmpty()) {
      database.transaction(
          connection -> {
            verification.requireWritten(connection, written);
            return true;
          });
      written.clear();
    }
  }

  private void prepare() {
    database.transaction(
        connection -> {
          rows.prepare(connection);
          return true;
        });
  }

  @Override
  public void take(ConsumerRecord<byte[], byte[]> record) {
    Incoming read = incoming.read(arrival(record));
    if (read instanceof RowChange change) {
      batch.add(change);
      batchBytes += change.heldBytes();
    }
    if (batch.size() >= BATCH_ROWS || batchBytes >= BATCH_BYTES) {
      store(record.offset() + 1);
    }
  }

  private Arrival arrival(ConsumerRecord<byte[], byte[]> record) {
    return new Arrival(
        new Place(topic, record.partition(), record.offset()),
        Bytes.of(record.key()),
        Optional.ofNullable(record.value()).map(Bytes::of),
        record.headers());
  }

  @Override
  public void reached(long next) {
    if (next == end) {
      store(next);
    }
  }

  private void store(long next) {
    write(List.copyOf(batch));
    database.transaction(
        connection -> {
          table.caughtUp(connection, partition, stored, next);
          return true;
        });
    reached.accept(next - stored);
    stored = next;
    batch.clear();
    batchBytes = 0;
  }

  /** A record that does not fit is one that the sink has rejected; it is passed by. */
  private void write(List<RowChange> changes) {
    try {
      database.transaction(
          connection -> {
            rows.write(connection, changes);
            return true;
          });
      changes.forEach(change -> written.merge(change.key(), Written.of(change), Written::newer));
    } catch (DatabaseException e) {
      if (e.failure().verdict() != Verdict.RECORD) {
        throw e;
      }
      if (changes.size() > 1) {
        int middle = changes.size() / 2;
        write(changes.subList(0, middle));
        write(changes.subList(middle, changes.size()));
      }
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
