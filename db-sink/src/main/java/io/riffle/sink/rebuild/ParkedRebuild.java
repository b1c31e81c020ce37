package io.riffle.sink.rebuild;

import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.sink.copy.Bytes;
import io.riffle.sink.record.Arrival;
import io.riffle.sink.record.Incoming.ParkedChange;
import io.riffle.sink.record.IncomingReader;
import io.riffle.sink.record.Place;
import io.riffle.sink.record.SinkTopic;
import io.riffle.sink.write.Database;
import io.riffle.sink.write.DatabaseConfig;
import io.riffle.sink.write.ParkedTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes what waits, as a parked topic tells it, into {@code riffle.parked}: rows of an earlier
 * generation are overwritten, those of keys that the topic does not have stay. Repeatable. One
 * thread.
 */
public final class ParkedRebuild {
  private static final int BATCH = 1_000;

  private final SinkTopic topic;
  private final DatabaseConfig database;
  private final Map<String, String> kafka;
  private final IncomingReader incoming;

  /**
   * A rebuild; nothing is done yet.
   *
   * @param topic the parked topic of a generation
   * @param kafka settings of consumers, {@code bootstrap.servers} among them
   */
  public ParkedRebuild(
      SinkTopic topic,
      DatabaseConfig database,
      Map<String, String> kafka,
      SchemaRegistry registry) {
    this.topic = topic;
    this.database = database;
    this.kafka = kafka;
    this.incoming = new IncomingReader(registry);
  }

  /**
   * Reads the topic.
   *
   * @param ends offset behind the last record of each partition
   * @throws RebuildException when the brokers give nothing for a minute
   * @throws io.riffle.sink.write.DatabaseException when the database fails
   */
  public void run(Map<TopicPartition, Long> ends) {
    try (Database session = new Database(database);
        RangeReader<byte[], byte[]> reader = new RangeReader<>(new MergedTopic(kafka).bytes())) {
      ends.forEach((partition, end) -> reader.read(partition, 0, end, new Rows(session)));
    }
  }

  /** Writes what a partition has. */
  private final class Rows implements RangeReader.Receiver<byte[], byte[]> {
    private final Database session;
    private final List<ParkedChange> rows = new ArrayList<>();

    private Rows(Database session) {
      this.session = session;
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record) {
      Arrival arrival =
          new Arrival(
              new Place(topic, record.partition(), record.offset()),
              Bytes.of(record.key()),
              Optional.ofNullable(record.value()).map(Bytes::of),
              record.headers());
      if (incoming.read(arrival) instanceof ParkedChange change) {
        rows.add(change);
      }
    }

    /** Of the changes of a key only the last one is written: a batch may not have it twice. */
    @Override
    public void reached(long next) {
      for (int from = 0; from < rows.size(); from += BATCH) {
        List<ParkedChange> batch = rows.subList(from, Math.min(from + BATCH, rows.size()));
        List<ParkedChange> newest = newest(batch);
        session.transaction(
            connection -> {
              ParkedTable.write(connection, newest);
              return true;
            });
      }
      rows.clear();
    }

    private static List<ParkedChange> newest(List<ParkedChange> batch) {
      Map<String, ParkedChange> byKey = new LinkedHashMap<>();
      batch.forEach(one -> byKey.put(one.parked().type() + "|" + one.parked().key(), one));
      return List.copyOf(byKey.values());
    }
  }
}
