package io.riffle.infra.component;

import io.riffle.infra.client.KafkaAdmin;
import io.riffle.infra.process.Launch;
import io.riffle.infra.site.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** A Kafka broker and its KRaft controller in one process. */
final class Kafka implements Component {
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
    return Map.of("kafka", 9092, "kafka-controller", 9093);
  }

  @Override
  public Launch launch(Site site) {
    String config = render(site);
    return new Launch(command(site, 512, "kafka.Kafka", config(site)), Map.of(), List.of(config));
  }

  /** Formats the storage once. The cluster id stays with the data, so both survive together. */
  @Override
  public void prepare(Site site) {
    if (Files.exists(logs(site).resolve("meta.properties"))) {
      return;
    }
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

  @Override
  public void check(Site site) throws Exception {
    Tcp.connect(site.ports().get("kafka"));
    try (Admin admin = KafkaAdmin.open(site.endpoints())) {
      admin.describeCluster().clusterId().get(5, TimeUnit.SECONDS);
    }
  }

  private String render(Site site) {
    String broker = site.address("kafka");
    String controller = site.address("kafka-controller");
    return ConfigOverlay.of(site.template(configFile()))
        .with("listeners", "INTERNAL://" + broker + ",CONTROLLER://" + controller)
        .with("advertised.listeners", "INTERNAL://" + broker)
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
