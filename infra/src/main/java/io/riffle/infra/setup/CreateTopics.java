package io.riffle.infra.setup;

import io.riffle.operations.client.KafkaAdmin;
import io.riffle.operations.generation.SetTopics;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.topics.TopicPlan;
import io.riffle.schemas.topics.TopicSetup;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** The topics of the set's current generation. One node keeps one copy. */
final class CreateTopics implements SetupStep {
  /** A busy machine may need a while for a client's first connection. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "create the topics";
  }

  @Override
  public void run(Endpoints endpoints)
      throws InterruptedException, ExecutionException, SQLException {
    TopicPlan plan =
        new TopicPlan(
            SetTopics.of(endpoints),
            endpoints.loadLayouts(),
            SetTopics.partitions(endpoints),
            (short) 1,
            TopicPlan.REPLAY_WINDOW.toMillis());
    try (Admin admin = KafkaAdmin.open(endpoints, PATIENCE)) {
      TopicSetup.createMissing(admin, plan.all());
    }
  }
}
