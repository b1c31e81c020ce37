package io.riffle.infra.component;

import io.riffle.infra.process.Launch;
import io.riffle.infra.site.Ports;
import io.riffle.infra.site.Site;
import io.riffle.operations.client.KafkaAdmin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** A Kafka broker and its KRaft controller in one process. */
final class Kafka implements Component {
  /** Kafka tells clients where to go on, so those of a proxy have a listener of their own. */
  private static final String BEHIND_PROXY = "kafka" + Ports.BEHIND_PROXY;

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public String configFile() {
    return "kafka/server.properties";
  }

  @Override
  public Map<String, Integer> ports(Site site) {
    Map<String, Integer> ports = new TreeMap<>(Map.of("kafka", 9092, "kafka-controller", 9093));
    if (site.ports().hasProxy("kafka")) {
      ports.put(BEHIND_PROXY, 9094);
    }
    return ports;
  }

  @Override
  public Launch launch(Site site) {
    String config = render(site);
    return new Launch(command(site, 512, "kafka.Kafka", config(site)), Map.of(), List.of(config));
  }

  /** Formats the storage once; tells the controller of a broker that was killed. */
  @Override
  public void prepare(Site site) {
    Path logs = logs(site);
    if (!Files.exists(logs.resolve("meta.properties"))) {
      format(site);
    } else if (!Files.exists(logs.resolve(".kafka_cleanshutdown"))) {
      fenceKilledBroker(site);
    }
  }

  /** The cluster id stays with the data, so both survive together. */
  private void format(Site site) {
    Tool.run(
        "format Kafka's storage",
        command(
            site,
            128,
            "kafka.tools.StorageTool",
            "format",
            "--cluster-id",
            clusterId(site),
            "--config",
            config(site)));
  }

  /**
   * Keeps a kill from losing a commit that the producer was told of. Kafka says "committed" once
   * the decision is in the transaction log; the markers in the partitions follow. A node killed in
   * between starts with the leaders it had when it died and tries to send the markers to itself, in
   * vain: it takes no connections before it is registered, and it cannot register before its old
   * session has ended. Registering then takes the leaders away for some milliseconds. Kafka 4.3 and
   * 4.4 take a partition without a leader for a deleted one (KAFKA-20734) and close the transaction
   * without its marker: readers of committed records stop there for ever. So the controller, alone,
   * first takes the leaders away; the broker gets them when it can send markers.
   */
  private void fenceKilledBroker(Site site) {
    Path config = site.folder().conf("kafka").resolve("controller.properties");
    String listener = "CONTROLLER://" + site.address("kafka-controller");
    ConfigOverlay.of(config(site))
        .with("process.roles", "controller")
        .with("listeners", listener)
        .with("advertised.listeners", listener)
        // nobody can be alive: there is nothing to wait for
        .with("broker.heartbeat.interval.ms", 50)
        .with("broker.session.timeout.ms", 100)
        .writeTo(config);
    Tool.run(
        "fence the killed broker",
        JavaCommand.of(site, 256).ownMain(site.lib("kafka"), ControllerAlone.class, config));
  }

  @Override
  public void check(Site site) throws Exception {
    Tcp.connect(site.ports().get("kafka"));
    try (Admin admin = KafkaAdmin.open(site.ownEndpoints())) {
      admin.describeCluster().clusterId().get(5, TimeUnit.SECONDS);
    }
  }

  private String render(Site site) {
    String broker = site.address("kafka");
    String controller = site.address("kafka-controller");
    String listeners = "INTERNAL://" + broker;
    String told = listeners;
    if (site.ports().hasProxy("kafka")) {
      // the broker talks to itself past the proxy
      listeners += ",HOST://" + site.address(BEHIND_PROXY);
      told += ",HOST://" + site.told("kafka");
    }
    return ConfigOverlay.of(site.template(configFile()))
        .with("listeners", listeners + ",CONTROLLER://" + controller)
        .with("advertised.listeners", told)
        .with("controller.quorum.voters", "1@" + controller)
        .with("log.dirs", logs(site))
        .writeTo(config(site));
  }

  private static List<String> command(Site site, int heap, String main, Object... arguments) {
    return JavaCommand.of(site, heap).main(List.of(site.lib("kafka")), main, arguments);
  }

  private static String clusterId(Site site) {
    Path file = site.folder().data("kafka").resolve("cluster-id");
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, Uuid.randomUuid().toString());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path logs(Site site) {
    return site.folder().data("kafka").resolve("log");
  }

  private static Path config(Site site) {
    return site.folder().conf("kafka").resolve("server.properties");
  }
}
