package io.riffle.operations.doctor;

import io.riffle.operations.client.KafkaAdmin;
import io.riffle.operations.generation.SetTopics;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.topics.TopicPlan;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Node;

/** The brokers, their disks, and the set's topics. */
final class KafkaExamination implements Examination {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final double FULL = 0.9;
  private static final short ANY_REPLICATION = 1;

  private final Endpoints endpoints;

  KafkaExamination(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  @Override
  public String part() {
    return "KAFKA";
  }

  @Override
  public String whenSilent() {
    return "are the brokers up at "
        + endpoints.bootstrapServers()
        + ", and do they advertise addresses that can be reached from here?";
  }

  @Override
  public void examine(Findings findings) throws ExecutionException, InterruptedException {
    try (Admin admin = KafkaAdmin.open(endpoints, PATIENCE)) {
      Collection<Node> nodes = admin.describeCluster().nodes().get();
      findings.ok(nodes.size() + (nodes.size() == 1 ? " broker" : " brokers") + version(admin));
      disks(admin, nodes, findings);
      Optional<List<NewTopic>> plan = plan(findings);
      if (plan.isPresent()) {
        new TopicExamination(admin).examine(plan.get(), nodes.size(), findings);
      }
    }
  }

  private static String version(Admin admin) throws ExecutionException, InterruptedException {
    var level =
        admin
            .describeFeatures()
            .featureMetadata()
            .get()
            .finalizedFeatures()
            .get("metadata.version");
    return level == null ? "" : ", metadata version " + level.maxVersionLevel();
  }

  private static void disks(Admin admin, Collection<Node> nodes, Findings findings)
      throws ExecutionException, InterruptedException {
    Map<Integer, Map<String, LogDirDescription>> folders =
        admin.describeLogDirs(nodes.stream().map(Node::id).toList()).allDescriptions().get();
    folders.forEach(
        (broker, byPath) -> byPath.values().forEach(folder -> disk(broker, folder, findings)));
  }

  private static void disk(int broker, LogDirDescription folder, Findings findings) {
    if (folder.error() != null) {
      findings.fail("a log folder of broker " + broker + " is offline", "look at its disk");
      return;
    } else if (folder.totalBytes().isEmpty() || folder.usableBytes().isEmpty()) {
      return;
    }
    long total = folder.totalBytes().getAsLong();
    long usable = folder.usableBytes().getAsLong();
    String text = "broker %d has %d of %d GB left".formatted(broker, usable >> 30, total >> 30);
    if (usable < total * (1 - FULL)) {
      findings.warn(text, "add disk, or shorten retention.ms of topics whose replay nobody needs");
    } else {
      findings.ok(text);
    }
  }

  /** The database has the generation whose topics are meant. */
  private Optional<List<NewTopic>> plan(Findings findings) {
    try {
      return Optional.of(
          new TopicPlan(
                  SetTopics.of(endpoints),
                  endpoints.loadLayouts(),
                  SetTopics.partitions(endpoints),
                  ANY_REPLICATION,
                  TopicPlan.REPLAY_WINDOW.toMillis())
              .all());
    } catch (SQLException e) {
      findings.warn(
          "topics were not looked at: the database does not tell their generation", "see POSTGRES");
      return Optional.empty();
    }
  }
}
