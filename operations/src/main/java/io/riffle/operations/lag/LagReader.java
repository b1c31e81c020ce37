package io.riffle.operations.lag;

import io.riffle.operations.client.KafkaAdmin;
import io.riffle.operations.site.Endpoints;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks at one Kafka again and again, and remembers the last looks. For one thread. */
public final class LagReader implements AutoCloseable {
  /** One record of most topics fits; a larger one is given whole all the same. */
  private static final int LOOK_BYTES = 4096;

  private final Admin admin;
  private final Consumer<byte[], byte[]> consumer;
  private final LagCollector collector;
  private final LagHistory history = new LagHistory();

  private LagReader(Admin admin, Consumer<byte[], byte[]> consumer) {
    this.admin = admin;
    this.consumer = consumer;
    this.collector = new LagCollector(admin, consumer, Clock.systemUTC());
  }

  /**
   * Clients of a site's Kafka.
   *
   * @param patience with a broker that does not answer
   */
  public static LagReader open(Endpoints endpoints, Duration patience) {
    Admin admin = KafkaAdmin.open(endpoints, patience);
    try {
      return new LagReader(admin, consumer(endpoints, patience));
    } catch (RuntimeException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  private static Consumer<byte[], byte[]> consumer(Endpoints endpoints, Duration patience) {
    Map<String, Object> config = new HashMap<>(endpoints.kafkaClient());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "riffle-lag");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, LOOK_BYTES);
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis()));
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * One look more. Trends are of the time since the first look, five minutes at most, rates of the
   * last half a minute of it: the first one has none.
   *
   * @param wanted groups by their names
   * @throws ExecutionException when Kafka does not answer, or refuses; its cause says what
   * @throws org.apache.kafka.common.errors.TimeoutException when records could not be looked at
   */
  public LagReport look(Predicate<String> wanted) throws ExecutionException, InterruptedException {
    return history.add(collector.collect(wanted));
  }

  @Override
  public void close() {
    consumer.close();
    admin.close(Duration.ZERO);
  }
}
