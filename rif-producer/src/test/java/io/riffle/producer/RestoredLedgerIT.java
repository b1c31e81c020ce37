package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The topics know files that the ledger does not. */
@ExtendWith({
  KafkaExtension.class,
  PostgresExtension.class,
  S3Extension.class,
  RegistryExtension.class
})
@Tag("full")
@Tag("outages")
final class RestoredLedgerIT {

  private final ProducerStack stack;

  RestoredLedgerIT(TestKafka kafka, TestPostgres postgres, TestS3 s3, TestRegistry registry) {
    this.stack = new ProducerStack(kafka, postgres, s3, registry);
  }

  /** Whichever of the two is found first: neither gets a number that stands on the topics. */
  @Test
  void filesThatTheBackupDoesNotKnowAreLoadedUnderNewNumbers() {
    upload(5, "before.csv", 1, 30);
    RifProducer producer = stack.start(Map.of());
    stack.complete("before.csv");
    stack.postgres().backUp();
    upload(3, "after.csv", 101, 20);
    stack.awaitPublished("after.csv");
    upload(4, "later.csv", 201, 10);
    stack.awaitPublished("later.csv");

    stack.postgres().restore();

    stack.awaitPublished("after.csv");
    stack.awaitPublished("later.csv");
    assertThat(producer.end()).isZero();
    assertThat(stack.query("SELECT file_id, attempt, state FROM riffle.files ORDER BY 1").get(0))
        .isEqualTo("1|1|COMPLETED");
    List<Long> again =
        stack.query("SELECT file_id FROM riffle.files WHERE file_name <> 'before.csv'").stream()
            .map(Long::valueOf)
            .toList();
    assertThat(again).hasSize(2).allMatch(file -> file > 3);
    RawTopic raw = stack.raw("PDE");
    assertThat(raw.data.stream().filter(found -> found.origin().file() > 3)).hasSize(30);
    assertThat(raw.data.stream().map(found -> found.origin().version()).distinct()).hasSize(60);
    again.forEach(
        file ->
            assertThat(raw.barriers.stream().filter(found -> found.value().file() == file))
                .hasSize(4));
  }

  /** The next start finds the topic as it was, and the ledger that lacks the same files. */
  @Test
  void aRestoredLedgerStaysTheTopicsOwn() {
    upload(5, "before.csv", 1, 3);
    RifProducer producer = stack.start(Map.of());
    stack.complete("before.csv");
    stack.postgres().backUp();
    upload(3, "after.csv", 101, 3);
    stack.awaitPublished("after.csv");
    stack.postgres().restore();
    stack.awaitPublished("after.csv");
    producer.end();

    RifProducer next = stack.start(Map.of());
    upload(2, "next.csv", 201, 3);
    stack.awaitPublished("next.csv");

    assertThat(next.end()).isZero();
    assertThat(stack.query("SELECT count(*) FROM riffle.files")).containsExactly("3");
  }

  /** Its files have the numbers of the topic's, or it has none of them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE riffle.progress_topics SET topic_id = gen_random_uuid()",
        "DELETE FROM riffle.progress_topics; TRUNCATE riffle.files CASCADE"
      })
  void aLedgerThatNeverWasOfTheTopicEndsTheProcess(String other) {
    upload(5, "other.csv", 1, 3);
    RifProducer producer = stack.start(Map.of());
    stack.awaitPublished("other.csv");
    producer.end();
    stack.execute(other);

    RifProducer misled = stack.start(Map.of());
    await().atMost(Duration.ofSeconds(30)).until(() -> misled.failure().isPresent());

    assertThat(misled.failure().orElseThrow())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("do not belong together");
    assertThat(misled.end()).isEqualTo(1);
  }

  private void upload(int daysAgo, String name, int first, int records) {
    String instant = ProducerStack.instant(daysAgo);
    String text = RifRows.full("PDE").records(-first, -(first + records - 1)).text();
    stack.put("Incoming/" + instant + "/" + name, text);
    stack.putManifest(instant, 0, name, "PDE");
  }
}
