package io.riffle.testing;

import static org.awaitility.Awaitility.await;

import io.riffle.net.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A Kafka cluster of one node (broker and controller), in a JVM of its own, with transactions.
 * Topics are not created by use. Safe for use by several threads.
 */
public final class TestKafka implements AutoCloseable {
  private static final int MAX_RECORD_BYTES = 8 * 1024 * 1024 + 64 * 1024;

  private final Path folder;
  private final String bootstrapServers;
  private final Admin admin;
  private final ServerJvm server;
  private final TcpProxy proxy;

  private TestKafka(Path folder, int brokerPort, int controllerPort) {
    this.folder = folder;
    this.bootstrapServers = "localhost:" + brokerPort;
    int proxiedPort = ServerFiles.freePort();
    this.proxy = TcpProxy.before(proxiedPort);
    Path properties = configure(folder, brokerPort, controllerPort, proxiedPort, proxy.port());
    this.server =
        ServerJvm.start(
            ServerFiles.serverClassPath(),
            List.of("-Xmx400m", "-Duser.timezone=UTC"),
            List.of(KafkaMain.class.getName(), properties.toString(), folder + "/log"),
            folder.resolve("kafka.log"),
            () -> ServerJvm.listens(brokerPort));
    this.admin = Admin.create(adminConfig(bootstrapServers));
    awaitAnswer();
  }

  static TestKafka start() {
    return startIn(ServerFiles.temporaryFolder("kafka"));
  }

  /** A broker of one's own in an empty folder, which goes with it; the caller closes it. */
  public static TestKafka startIn(Path folder) {
    return new TestKafka(folder, ServerFiles.freePort(), ServerFiles.freePort());
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /**
   * Where clients find the broker that talk to it through {@link #proxy} alone: metadata leads them
   * there, too.
   */
  public String proxiedBootstrapServers() {
    return "localhost:" + proxy.port();
  }

  /** Shared by all tests: heal it in the end, and do not close it. */
  public TcpProxy proxy() {
    return proxy;
  }

  /** Shared by all tests; do not close it. */
  public Admin admin() {
    return admin;
  }

  /** A topic name that no other test has. */
  public String uniqueName(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** Creates a topic and waits until it can be used. */
  public void createTopic(String name, int partitions, Map<String, String> configs) {
    NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(configs);
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("topic not created", e.getCause());
    }
    await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> hasLeaders(name));
  }

  /** Creates a topic with the broker's defaults. */
  public void createTopic(String name, int partitions) {
    createTopic(name, partitions, Map.of());
  }

  /**
   * Every committed record of the topic as of now, by partition and offset.
   *
   * @throws TimeoutException if the broker does not give them within 10 s
   */
  public List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
    return TopicReader.readAll(bootstrapServers, topic);
  }

  /**
   * Gives the committed records that came since the last call with these positions, those of a
   * partition in order, and moves the positions behind them. Empty positions: from the start.
   *
   * @throws TimeoutException if the broker does not give all within 10 s; positions are behind
   *     those that it gave
   */
  public void readOn(
      String topic,
      Map<TopicPartition, Long> positions,
      Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    TopicReader.readOn(bootstrapServers, topic, positions, taker);
  }

  /** Waits up to a minute for this many committed records, then gives all there are. */
  public List<ConsumerRecord<byte[], byte[]>> awaitRecords(String topic, int atLeast) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    await("records on " + topic)
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsInstanceOf(TimeoutException.class)
        .until(
            () -> {
              records.clear();
              records.addAll(readAll(topic));
              return records.size() >= atLeast;
            });
    return List.copyOf(records);
  }

  /** Ends the broker as {@code kill -9} does; {@link #restart()} brings it back with its log. */
  public void kill() {
    server.kill();
  }

  /** Makes the broker stand still as SIGSTOP does: connections stay open, nobody answers. */
  public void freeze() {
    server.freeze();
  }

  /** Lets a frozen broker go on. */
  public void resume() {
    server.resume();
  }

  /** Whether the broker's process is there; one whose disk is full ends by itself. */
  public boolean isAlive() {
    return server.isAlive();
  }

  /** Starts the killed broker on the same port and waits until it answers. */
  public void restart() {
    server.start();
    awaitAnswer();
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    proxy.close();
    server.close();
    ServerFiles.delete(folder);
  }

  private void awaitAnswer() {
    await("broker").atMost(Duration.ofMinutes(1)).ignoreExceptions().until(this::allLed);
  }

  /** A restarted broker answers before its partitions have leaders again. */
  private boolean allLed() throws Exception {
    boolean led = !admin.describeCluster().nodes().get().isEmpty();
    for (String topic : admin.listTopics().names().get()) {
      led = led && hasLeaders(topic);
    }
    return led;
  }

  private boolean hasLeaders(String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .stream()
        .allMatch(partition -> partition.leader() != null && !partition.leader().isEmpty());
  }

  private static Map<String, Object> adminConfig(String bootstrapServers) {
    return Map.of(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
        AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200,
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
  }

  private static Path configure(
      Path folder, int brokerPort, int controllerPort, int proxiedPort, int proxyPort) {
    return ServerFiles.write(
        folder,
        "server.properties",
        Stream.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@localhost:" + controllerPort,
                "controller.listener.names=CONTROLLER",
                // KilledBroker takes the controller's for the second one
                "listeners=BROKER://localhost:%d,CONTROLLER://localhost:%d,PROXIED://localhost:%d"
                    .formatted(brokerPort, controllerPort, proxiedPort),
                "advertised.listeners=BROKER://localhost:%d,PROXIED://localhost:%d"
                    .formatted(brokerPort, proxyPort),
                "listener.security.protocol.map="
                    + "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT",
                "inter.broker.listener.name=BROKER",
                "log.dirs=" + folder.resolve("log"),
                "auto.create.topics.enable=false",
                "message.max.bytes=" + MAX_RECORD_BYTES,
                "broker.heartbeat.interval.ms=500",
                "broker.session.timeout.ms=6000",
                "group.initial.rebalance.delay.ms=0",
                "offsets.topic.num.partitions=4",
                "offsets.topic.replication.factor=1",
                "transaction.state.log.num.partitions=4",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms=1000",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                "log.cleaner.dedupe.buffer.size=4194304",
                "log.segment.delete.delay.ms=1000",
                "log.retention.check.interval.ms=5000")
            .toList());
  }
}
