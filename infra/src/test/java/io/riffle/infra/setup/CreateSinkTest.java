package io.riffle.infra.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.topics.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreateSinkTest {
  @Test
  void theTopicOfTypesThatJoinIsListedOnce() {
    List<String> names = CreateSink.topicNames(new Topics("main"), Layouts.load());

    assertThat(names)
        .doesNotHaveDuplicates()
        .contains("main.merged.beneficiary", "main.merged.carrier", "main.merged.parked")
        .doesNotContain("main.merged.beneficiary_history");
  }
}
