package io.riffle.merge;

import io.riffle.failure.Backoff;
import io.riffle.failure.Pause;
import io.riffle.merge.topology.MergeTopology;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.registry.RegistryException;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running application: from a configuration to threads that merge. */
final class MergeApp {
  private static final Logger log = LoggerFactory.getLogger(MergeApp.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LOOK_AT_TRANSACTIONS = Duration.ofSeconds(5);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

  private final MergeConfig config;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final KafkaStreams streams;
  private final ThreadFailures failures;
  private volatile boolean failed;

  private MergeApp(
      MergeConfig config, Topology topology, StreamsConfig streamsConfig, Pause pause) {
    this.config = config;
    this.streams = new KafkaStreams(topology, streamsConfig);
    this.failures =
        new ThreadFailures(config.limits(), Clock.systemUTC(), pause, this::sitOut, this::fail);
    streams.setUncaughtExceptionHandler(failures);
    streams.setStateListener((now, before) -> onState(now));
    streams.setGlobalStateRestoreListener(new RestoreLog());
  }

  /**
   * Waits for the topics, registers schemas as soon as the registry lets it, starts.
   *
   * @throws IllegalStateException if topics are missing or have unfit numbers of partitions
   */
  static MergeApp start(MergeConfig config) throws InterruptedException {
    Collection<Layout> layouts = layouts(config);
    String set = config.topics().set();
    Pause pause = Pause.of(set, "merge");
    try (Admin admin = Admin.create(adminProperties(config))) {
      new TopicsReady(admin, config.topics(), layouts, pause).await(config.limits().topicsWait());
    }
    StreamsConfig streamsConfig = StreamsSettings.of(config);
    Pause registry = Pause.of(set, "registry");
    MergeApp app =
        new LocalStates(config.running().stateDir(), pause)
            .whenUsable(
                () ->
                    begin(
                        config,
                        topology(config, layouts, streamsConfig, registry),
                        streamsConfig,
                        pause));
    app.watchTransactions(config, layouts);
    log.atInfo()
        .addKeyValue("set", config.topics().set())
        .addKeyValue("types", layouts.stream().map(Layout::type).toList())
        .addKeyValue("threads", config.running().threads())
        .log("Merge started");
    return app;
  }

  private static MergeApp begin(
      MergeConfig config, Topology topology, StreamsConfig streamsConfig, Pause pause) {
    MergeApp app = new MergeApp(config, topology, streamsConfig, pause);
    try {
      app.streams.start();
    } catch (RuntimeException e) {
      LocalStates.giveUp(app.streams, e);
      throw e;
    }
    startDaemon("merge-watch", app::watch);
    return app;
  }

  private static void startDaemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Of this program's topics and of those that lead to them. */
  private void watchTransactions(MergeConfig config, Collection<Layout> layouts) {
    Topics topics = config.topics();
    Set<String> names = new TreeSet<>(Set.of(topics.splits(), topics.progress()));
    names.addAll(Set.of(topics.parked(), topics.rejects()));
    layouts.forEach(layout -> names.addAll(Set.of(topics.rif(layout), topics.merged(layout))));
    OpenTransactions transactions =
        new OpenTransactions(
            Admin.create(adminProperties(config)),
            names,
            config.running().transactionTimeout().multipliedBy(2),
            Clock.systemUTC(),
            Pause.of(topics.set(), "topics"));
    startDaemon("merge-transactions", () -> watch(transactions));
  }

  private void watch(OpenTransactions transactions) {
    try (transactions) {
      while (closing.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
        sitOut(LOOK_AT_TRANSACTIONS);
        transactions.look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a registry that is away or refuses: it tells of itself. */
  private static Topology topology(
      MergeConfig config, Collection<Layout> layouts, StreamsConfig streamsConfig, Pause pause)
      throws InterruptedException {
    SchemaRegistry registry = new ToldRegistry(SchemaRegistry.connect(config.registry()), pause);
    MergeTopology topology =
        new MergeTopology(config.topics(), registry, config.limits().recordBytes());
    while (true) {
      try {
        return topology.build(layouts, streamsConfig);
      } catch (RegistryException e) {
        if (pause.getPaused() == 0) {
          throw e;
        }
        TimeUnit.NANOSECONDS.sleep(BACKOFF.pause(pause.getFailures()).toNanos());
      }
    }
  }

  private static Collection<Layout> layouts(MergeConfig config) {
    Layouts all = config.layouts();
    return config.types().isEmpty() ? all.all() : config.types().stream().map(all::get).toList();
  }

  private static Map<String, Object> adminProperties(MergeConfig config) {
    Map<String, Object> properties = new HashMap<>(config.kafka());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    return properties;
  }

  private void sitOut(Duration pause) {
    try {
      closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    while (closing.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
      sitOut(LOOK);
      failures.look();
    }
  }

  private void onState(KafkaStreams.State now) {
    log.atInfo().addKeyValue("state", now).log("Merge changed state");
    if (now == KafkaStreams.State.ERROR) {
      fail();
    } else if (now == KafkaStreams.State.NOT_RUNNING) {
      ended.countDown();
    }
  }

  private void fail() {
    failed = true;
    ended.countDown();
  }

  KafkaStreams.State state() {
    return streams.state();
  }

  /** Returns when the application has ended by itself; whether it failed. */
  boolean awaitEnd() throws InterruptedException {
    ended.await();
    return failed;
  }

  /**
   * Commits and stops; a member without an instance id leaves the group, so that a restart need not
   * wait for its session to end.
   *
   * @return whether all threads stopped in time and none had failed for good
   */
  boolean close() {
    closing.countDown();
    boolean stays = config.running().instanceId().isPresent();
    CloseOptions options =
        CloseOptions.timeout(config.limits().shutdown())
            .withGroupMembershipOperation(
                stays
                    ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                    : CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
    boolean inTime = streams.close(options);
    log.atInfo().addKeyValue("inTime", inTime).log("Merge stopped");
    return inTime && !failed;
  }
}
