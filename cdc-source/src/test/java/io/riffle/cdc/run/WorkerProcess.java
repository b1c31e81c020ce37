package io.riffle.cdc.run;

import static org.awaitility.Awaitility.await;

import io.riffle.testing.ChildJvm;
import io.riffle.testing.TestKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.cli.ConnectDistributed;

/**
 * A Connect worker with Debezium's plug-in folder, in a JVM of its own, so that it can be killed.
 */
final class WorkerProcess implements AutoCloseable {
  private static final Path PLUGINS = Path.of("../infra/stack/debezium/target/plugins");

  private static final List<String> STORES = List.of("config", "offset", "status");

  private final TestKafka kafka;
  private final Map<String, String> stores = new TreeMap<>();
  private final Path properties;
  private final Path log;
  private final URI rest;
  private ChildJvm jvm;

  WorkerProcess(TestKafka kafka, Path folder, Path secrets) {
    this.kafka = kafka;
    STORES.forEach(store -> stores.put(store, kafka.uniqueName(store)));
    this.rest = URI.create("http://localhost:" + freePort());
    this.log = folder.resolve("connect.log");
    try {
      this.properties = folder.resolve("connect.properties");
      List<String> lines = new ArrayList<>();
      settings(kafka, secrets).forEach((key, value) -> lines.add(key + "=" + value));
      Files.write(properties, lines);
      Files.createFile(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  private Map<String, String> settings(TestKafka kafka, Path secrets) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("bootstrap.servers", kafka.bootstrapServers());
    settings.put("group.id", kafka.uniqueName("connect"));
    for (String store : STORES) {
      settings.put(store + ".storage.topic", stores.get(store));
      settings.put(store + ".storage.replication.factor", "1");
    }
    settings.put("offset.storage.partitions", "1");
    settings.put("status.storage.partitions", "1");
    String bytes = "org.apache.kafka.connect.converters.ByteArrayConverter";
    settings.put("key.converter", bytes);
    settings.put("value.converter", bytes);
    settings.put("scheduled.rebalance.max.delay.ms", "0");
    settings.put("exactly.once.source.support", "enabled");
    settings.put("connector.client.config.override.policy", "All");
    settings.put("plugin.discovery", "service_load");
    settings.put("plugin.path", PLUGINS.toAbsolutePath().normalize().toString());
    settings.put("listeners", rest.toString());
    settings.put("offset.flush.interval.ms", "500");
    settings.put("config.providers", "secrets");
    settings.put(
        "config.providers.secrets.class",
        "org.apache.kafka.common.config.provider.DirectoryConfigProvider");
    settings.put("config.providers.secrets.param.allowed.paths", secrets.toString());
    return settings;
  }

  URI rest() {
    return rest;
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the topics in which it keeps connectors and positions; it must not be at work. */
  void forgetEverything() throws Exception {
    kafka.admin().deleteTopics(stores.values()).all().get();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> Collections.disjoint(kafka.admin().listTopics().names().get(), stores.values()));
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    jvm.kill();
  }

  void start() {
    jvm =
        ChildJvm.start(
            List.of("-Xmx500m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
            List.of(ConnectDistributed.class.getName(), properties.toString()),
            Map.of(),
            log);
  }

  @Override
  public void close() {
    jvm.close();
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
