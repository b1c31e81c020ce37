package io.riffle.merge;

import static io.riffle.merge.MergeFixture.ATTEMPT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.merge.MergeFixture.Delivery;
import io.riffle.testing.ChildJvm;
import io.riffle.testing.HttpGate;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The program itself on a real broker and registry: killed, robbed of its states, stopped. */
@ExtendWith({KafkaExtension.class, RegistryExtension.class})
@Tag("full")
@Tag("merge")
class MergeProcessorIT {
  private static final Duration CLEAN_RESTART = Duration.ofSeconds(30);

  private final MergeFixture merge;

  MergeProcessorIT(TestKafka kafka, TestRegistry server, @TempDir Path folder) {
    this.merge = new MergeFixture(kafka, server, folder);
  }

  @Test
  void mergesTheSameWhateverHappensToTheProcess() throws Exception {
    merge.createTopics("CARRIER");
    List<Delivery> deliveries = merge.deliveries(60);
    int third = deliveries.size() / 3;

    try (ChildJvm first = merge.start()) {
      merge.publish(deliveries.subList(0, third));
      merge.kafka().awaitRecords(merge.mergedTopic(), 20);
      merge.publish(deliveries.subList(third, 2 * third));
      first.kill();
    }
    merge.wipeStates();
    try (ChildJvm second = merge.start()) {
      merge.publish(deliveries.subList(2 * third, deliveries.size()));
      merge.publishBarriers(ATTEMPT);
      merge.awaitBarriers(1);
      merge.checkContent();
      merge.checkTotals();
      assertThat(second.terminate(CLEAN_RESTART.toSeconds())).as("exit code").isZero();
    }
    try (ChildJvm last = merge.start()) {
      merge.publishBarriers(ATTEMPT + 1);
      await().atMost(CLEAN_RESTART).untilAsserted(() -> assertThat(merge.barriers(2)).isTrue());
      assertThat(last.terminate(CLEAN_RESTART.toSeconds())).as("exit code").isZero();
    }
  }

  @Test
  void personsMeetTheirFormerIdentities() throws Exception {
    merge.createTopics("BENEFICIARY", "BENEFICIARY_HISTORY");
    merge.publish(merge.deliveries(20));
    merge.publishBarriers(ATTEMPT);

    try (ChildJvm only = merge.start()) {
      merge.awaitBarriers(1);
      merge.checkContent();
      merge.checkTotals();
      assertThat(only.terminate(CLEAN_RESTART.toSeconds())).as("exit code").isZero();
    }
  }

  @Test
  void aRegistryThatFailsAtTheStartOrLaterIsWaitedFor() throws Exception {
    merge.createTopics("CARRIER");
    List<Delivery> deliveries = merge.deliveries(20);
    int half = deliveries.size() / 2;
    try (HttpGate gate = new HttpGate(merge.registryUrl())) {
      gate.answer(503);
      try (ChildJvm only = merge.start(gate.url())) {
        merge.awaitLog("cause=\"503\"");
        gate.open();
        merge.publish(deliveries.subList(0, half));
        merge.kafka().awaitRecords(merge.mergedTopic(), 5);

        gate.answer(401);
        merge.publish(deliveries.subList(half, deliveries.size()));
        merge.publishBarriers(ATTEMPT);
        merge.awaitLog("cause=\"401\"");
        gate.open();
        merge.awaitBarriers(1);
        merge.checkContent();
        merge.checkTotals();
        assertThat(only.terminate(CLEAN_RESTART.toSeconds())).as("exit code").isZero();
      }
    }
  }
}
