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

  @Test
  void groupsOfItsProgramsAreKnownByTheirNames() {
    assertThat(topics.isGroup(topics.workersGroup())).isTrue();
    assertThat(topics.isGroup(topics.mergeApplicationId())).isTrue();
    assertThat(topics.isGroup(topics.at(0).mergeApplicationId())).isTrue();
    assertThat(topics.isGroup("connect-" + topics.sinkConnector())).isTrue();
    assertThat(topics.isGroup(new Topics("east_2").workersGroup())).isFalse();
    assertThat(topics.isGroup("connect-eastern")).isFalse();
  }
}
