package io.riffle.merge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.riffle.failure.Pause;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.topics.Topics;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.TestKafka;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A program that is told another generation than the newest one does not begin. */
@ExtendWith(KafkaExtension.class)
class TopicsReadyIT {
  private static final Layout PDE = Layouts.load().get("PDE");
  private static final Topics TOPICS = new Topics("ready", 1);

  private final TestKafka kafka;

  TopicsReadyIT(TestKafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void aNewerGenerationIsNamed() throws Exception {
    create(TOPICS.at(0));
    create(TOPICS);
    assertThatCode(() -> await(TOPICS)).doesNotThrowAnyException();

    assertThatIllegalStateException()
        .isThrownBy(() -> await(TOPICS.at(0)))
        .withMessageContaining("generation is 0, and there are topics of 1: set generation=1");
    assertThatIllegalStateException()
        .isThrownBy(() -> await(TOPICS.at(2)))
        .withMessageContaining("ready.rif.pde.g2 is missing");
  }

  private void create(Topics topics) {
    List.of(topics.rif(PDE), topics.merged(PDE), topics.parked(), topics.rejects())
        .forEach(name -> kafka.createTopic(name, 2));
  }

  private void await(Topics topics) throws InterruptedException {
    try (Pause pause = Pause.of("ready", "topics")) {
      new TopicsReady(kafka.admin(), topics, List.of(PDE), pause).await(Duration.ofMillis(100));
    }
  }
}
