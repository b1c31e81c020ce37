package io.riffle.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicsTest {
  private final Topics topics = new Topics("east", 2);

  @Test
  void changeEventsHaveATopicForEachTableAndNoGeneration() {
    assertThat(topics.cdc("qvp", "public", "orders")).isEqualTo("east.cdc.qvp.public.orders");
    assertThat(topics.cdc("qvp")).isEqualTo("east.cdc.qvp");
    assertThat(topics.cdc()).isEqualTo("east.cdc.");
  }

  @Test
  void theirConnectorIsBesideTheOneOfMergedRecords() {
    assertThat(topics.stagingConnector())
        .isEqualTo("east-staging")
        .isNotEqualTo(topics.sinkConnector());
  }
}
