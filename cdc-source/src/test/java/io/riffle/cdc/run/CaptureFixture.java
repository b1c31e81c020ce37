package io.riffle.cdc.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.cdc.connector.Connect;
import io.riffle.cdc.connector.SourceConnector;
import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.SlotNote;
import io.riffle.cdc.ledger.SlotNotes;
import io.riffle.cdc.ledger.SnapshotState;
import io.riffle.cdc.ledger.Snapshots;
import io.riffle.cdc.ledger.SourceState;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.ledger.TableSnapshot;
import io.riffle.cdc.source.SourceNames;
import io.riffle.cdc.source.SourceSpec;
import io.riffle.cdc.source.SourceUrl;
import io.riffle.cdc.source.TableName;
import io.riffle.config.Secret;
import io.riffle.config.Settings;
import io.riffle.schemas.topics.Topics;
import io.riffle.testing.ChildJvm;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;

/** A source, a target, a worker with Debezium and cdc-source, whose set is its own. */
final class CaptureFixture implements AutoCloseable {
  static final String SOURCE = "qvp";
  private static final AtomicInteger SETS = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  final TestKafka kafka;
  final TestRegistry registry;
  final TestPostgres target;
  final TestPostgres source;
  final WorkerProcess worker;
  final CdcConfig config;
  final SourceNames names;
  private final Path folder;
  private final Map<String, String> settings = new TreeMap<>();
  private final Map<String, Replica> replicas = new HashMap<>();
  private Keepers keepers;
  private Thread thread;

  CaptureFixture(TestKafka kafka, TestRegistry registry, TestPostgres postgres) {
    this.kafka = kafka;
    this.registry = registry;
    this.target = postgres.anotherMigrated("ccw");
    this.source = postgres.another();
    try {
      this.folder = Files.createTempDirectory("riffle-cdc-");
      Path secrets = Files.createDirectory(folder.resolve("secrets"));
      String set = "c" + SETS.incrementAndGet() + Long.toHexString(System.nanoTime());
      this.worker = new WorkerProcess(kafka, folder, secrets);
      this.config = config(set, secrets);
      this.names = new SourceNames(set, SOURCE);
      config.secrets().write(SOURCE, Secret.of(source.password()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    startKeepers();
  }

  private CdcConfig config(String set, Path secrets) {
    settings.put("set", set);
    settings.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    settings.put("registry.url", registry.url().toString());
    settings.put("database.url", target.jdbcUrl());
    settings.put("database.user", target.username());
    settings.put("database.password", target.password());
    settings.put("connect.url", worker.rest().toString());
    settings.put("cdc.secrets-dir", secrets.toString());
    settings.put("cdc.staging-sink", "false");
    settings.put("cdc.watch", "300ms");
    settings.put("cdc.heartbeat", "1s");
    return Settings.of(settings).build(CdcConfig::from);
  }

  /** cdc-source begins, in this JVM. */
  void startKeepers() {
    keepers = CdcSource.open(config);
    thread = new Thread(keepers, "keepers");
    thread.start();
  }

  /** cdc-source ends; the worker goes on. */
  void stopKeepers() {
    keepers.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** cdc-source as a process of its own, so that it can be killed. */
  ChildJvm startProcess() {
    Path file = folder.resolve("cdc.properties");
    try {
      Files.write(
          file,
          settings.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ChildJvm.start(
        List.of("-Xmx200m", "-XX:TieredStopAtLevel=1"),
        List.of(CdcSource.class.getName()),
        Map.of("RIFFLE_CONFIG", file.toString()),
        folder.resolve("cdc-source.log"));
  }

  /** Asks for the source with these tables. */
  void add(int chunkRows, Duration reload, String... tables) {
    addAt(source.jdbcUrl(), source.username(), chunkRows, reload, tables);
  }

  /** Asks for it by way of another address or user. */
  void addAt(String url, String user, int chunkRows, Duration reload, String... tables) {
    SourceSpec spec =
        new SourceSpec(
            SOURCE,
            SourceUrl.parse(url),
            user,
            "file:" + SOURCE + ".password",
            Arrays.stream(tables).map(TableName::parse).toList(),
            chunkRows,
            reload);
    ledger(connection -> new Sources(connection).add(spec, false, "test"));
  }

  /** A question to the ledger. */
  interface Question<T> {
    T ask(Connection ledger) throws SQLException;
  }

  <T> T ledger(Question<T> question) {
    try (Connection connection = target.connect()) {
      return question.ask(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  CapturedSource captured() {
    return ledger(connection -> new Sources(connection).find(SOURCE)).orElseThrow();
  }

  SlotNote slot() {
    return ledger(connection -> new SlotNotes(connection).find(SOURCE)).orElseThrow();
  }

  List<TableSnapshot> snapshots() {
    return ledger(connection -> new Snapshots(connection).newest(SOURCE));
  }

  void awaitState(SourceState state) {
    await("source is " + state)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> captured().state() == state);
  }

  /** Waits until all rows of all tables are on the topics. */
  void awaitSnapshots() {
    awaitSnapshots(PATIENCE);
  }

  /** Waits so long for it. */
  void awaitSnapshots(Duration patience) {
    await("snapshots done")
        .atMost(patience)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                !snapshots().isEmpty()
                    && snapshots().stream().allMatch(one -> one.state() == SnapshotState.DONE));
  }

  /**
   * Waits until what is on the topic makes the rows that the source has. A transaction of a worker
   * that was killed keeps readers waiting until the broker ends it.
   */
  void awaitReplica(String table, String query) {
    await("topic of " + table + " makes its rows")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptionsInstanceOf(TimeoutException.class)
        .untilAsserted(
            () -> assertThat(sorted(replica(table).rows())).isEqualTo(sorted(source.rows(query))));
  }

  /** Tens of thousands of rows are compared at once, not each with each. */
  private static List<String> sorted(Collection<String> rows) {
    return rows.stream().sorted().toList();
  }

  /** What the topic of the table makes of it as of now. */
  Replica replica(String table) {
    TableName name = TableName.parse(table);
    String topic = topics().cdc(SOURCE, name.schema(), name.table());
    return replicas
        .computeIfAbsent(topic, absent -> new Replica(kafka, registry.client(), topic))
        .follow();
  }

  Topics topics() {
    return config.topics();
  }

  Connect connect() {
    return new Connect(config.connect());
  }

  String connector() {
    return SourceConnector.name(topics(), SOURCE);
  }

  String slotName() {
    return names.slot(captured().epoch());
  }

  @Override
  public void close() {
    stopKeepers();
    worker.close();
    source.execute(
        "SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots WHERE active;"
            + " SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
            + " WHERE database = current_database()");
    clean();
  }

  /** The worker's log stays, for whoever looks for the cause of a failure. */
  private void clean() {
    try {
      Path logs = Files.createDirectories(Path.of("target", "connect-logs"));
      Files.move(folder.resolve("connect.log"), logs.resolve(config.topics().set() + ".log"));
      try (Stream<Path> left = Files.walk(folder)) {
        for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
