package io.riffle.merge;

import io.riffle.merge.topology.MergeTopology;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.registry.SchemaRegistry;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
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

  private final MergeConfig config;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final KafkaStreams streams;
  private volatile boolean failed;

  private MergeApp(MergeConfig config, Topology topology, StreamsConfig streamsConfig) {
    this.config = config;
    this.streams = new KafkaStreams(topology, streamsConfig);
    streams.setUncaughtExceptionHandler(
        new ThreadFailures(config.limits(), Clock.systemUTC(), this::fail));
    streams.setStateListener((now, before) -> onState(now));
  }

  /**
   * Waits for the topics, registers schemas, starts.
   *
   * @throws IllegalStateException if topics are missing or have unfit numbers of partitions
   * @throws io.riffle.schemas.registry.RegistryException if the registry is away or refuses
   */
  static MergeApp start(MergeConfig config) throws InterruptedException {
    Collection<Layout> layouts = layouts(config);
    try (Admin admin = Admin.create(adminProperties(config))) {
      new TopicsReady(admin, config.topics(), layouts).await(config.limits().topicsWait());
    }
    SchemaRegistry registry = SchemaRegistry.connect(config.registry());
    StreamsConfig streamsConfig = StreamsSettings.of(config);
    MergeTopology topology =
        new MergeTopology(config.topics(), registry, config.limits().recordBytes());
    MergeApp app = new MergeApp(config, topology.build(layouts, streamsConfig), streamsConfig);
    app.streams.start();
    log.atInfo()
        .addKeyValue("set", config.topics().set())
        .addKeyValue("types", layouts.stream().map(Layout::type).toList())
        .addKeyValue("threads", config.running().threads())
        .log("Merge started");
    return app;
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
