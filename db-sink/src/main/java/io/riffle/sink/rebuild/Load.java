package io.riffle.sink.rebuild;

import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.sink.record.SinkTopic;
import io.riffle.sink.write.Database;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The second pass: copies the winners of partitions, chunk by chunk, each with how far it is in one
 * transaction. A thread's own.
 */
final class Load implements Parallel.Worker<PartitionProgress> {
  /** What the records were refused for is then no fault of theirs. */
  private static final int MOST_BAD = 1000;

  private static final String NOW =
      "SELECT ((extract(epoch FROM clock_timestamp()) * 1000000)::bigint - 946684800000000)::text";

  private final Database database;
  private final ProgressTable table;
  private final RangeReader<Long, ByteBuffer> reader;
  private final WinnerReader winners;
  private final RebuildSettings settings;
  private final LongConsumer reached;
  private final Chunk chunk;

  Load(
      Database database,
      ProgressTable table,
      ShadowTables tables,
      SinkTopic topic,
      RebuildSettings settings,
      SchemaRegistry registry,
      LongConsumer reached) {
    this.database = database;
    this.table = table;
    this.reader = new MergedTopic(settings.kafka()).values();
    this.winners = new WinnerReader(topic, registry);
    this.settings = settings;
    this.reached = reached;
    this.chunk = new Chunk(tables);
  }

  @Override
  public void work(PartitionProgress partition) {
    if (!partition.isLoaded()) {
      TopicRange range = partition.range();
      reader.read(range.partition(), partition.loaded(), range.to(), new Winners(partition));
    }
  }

  @Override
  public void close() {
    reader.close();
    database.close();
  }

  /** The winners of one partition on their way. */
  private final class Winners implements RangeReader.Receiver<Long, ByteBuffer> {
    private final TopicRange range;
    private final OffsetSet todo;
    private final TableSums sums;
    private final List<Long> bad = new ArrayList<>();
    private final List<Long> undecodable = new ArrayList<>();
    private long stored;
    private long instant;

    Winners(PartitionProgress partition) {
      this.range = partition.range();
      this.todo = partition.todo().orElseThrow();
      this.sums = partition.copied();
      this.stored = partition.loaded();
      bad.addAll(partition.bad());
    }

    @Override
    public void take(ConsumerRecord<Long, ByteBuffer> record) {
      if (!todo.contains(record.offset())) {
        return;
      }
      if (chunk.rows().records() == 0) {
        instant = now();
      }
      if (!winners.append(record, instant, chunk.rows(), chunk.facts())) {
        undecodable.add(record.offset());
      }
      if (chunk.rows().records() >= settings.chunkRows()
          || chunk.rows().length() >= settings.chunkBytes()) {
        store(record.offset() + 1);
      }
    }

    @Override
    public void reached(long next) {
      if (next == range.to()) {
        store(next);
      }
    }

    private void store(long next) {
      chunk.copy(
          database,
          (connection, copied, refused) -> {
            List<Long> all = new ArrayList<>(bad);
            all.addAll(undecodable);
            all.addAll(refused);
            requireFew(all);
            sums.add(copied);
            int partition = range.partition().partition();
            table.loaded(connection, partition, stored, next, sums, all);
            bad.addAll(refused);
          });
      bad.addAll(undecodable);
      undecodable.clear();
      reached.accept(next - stored);
      stored = next;
    }

    private void requireFew(List<Long> all) {
      if (all.size() > MOST_BAD) {
        throw new RebuildException(
            "more than " + MOST_BAD + " records of " + range.partition() + " cannot be written");
      }
    }

    private long now() {
      return database.transaction(connection -> Long.parseLong(new Sql(connection).text(NOW)));
    }
  }
}
