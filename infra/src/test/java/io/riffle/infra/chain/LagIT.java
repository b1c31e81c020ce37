package io.riffle.infra.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.operations.client.KafkaAdmin;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code riffle lag} says of the programs of the chain, and of a group that is away. */
class LagIT {
  private static final int RECORDS = 500;
  private static final Topics TOPICS = new Topics("main");

  private final Chain chain = Chain.shared();
  private final String merged = TOPICS.merged(Chain.LAYOUTS.get("PDE"));
  @TempDir Path folder;

  @Test
  void everyProgramOfTheSetIsSeenAndHasReadEverythingInTheEnd() throws Exception {
    new DataSetGenerator(Chain.request(List.of("PDE"), Chain.claimRecords(RECORDS), RECORDS))
        .write(folder);
    chain.load(folder);

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              JsonNode sink = group(lag(), "connect-" + TOPICS.sinkConnector());
              assertThat(topic(sink, merged).path("lag").asLong()).isZero();
              assertThat(topic(sink, merged).path("behindSeconds").isNull()).isTrue();
            });
    JsonNode report = lag();
    assertThat(report.path("groups").findValuesAsText("group"))
        .contains(
            TOPICS.workersGroup(),
            TOPICS.mergeApplicationId(),
            "connect-" + TOPICS.sinkConnector());
    JsonNode sink = group(report, "connect-" + TOPICS.sinkConnector());
    assertThat(sink.path("type").asText()).isEqualTo("CONNECT");
    assertThat(sink.path("members").asInt()).isPositive();
    assertThat(topic(sink, merged).path("partitions").findValuesAsText("consumer"))
        .isNotEmpty()
        .doesNotContain("null");
  }

  @Test
  void aGroupThatIsAwayStaysToBeSeenWithItsLag() throws Exception {
    new DataSetGenerator(Chain.request(List.of("PDE"), Chain.claimRecords(RECORDS), RECORDS))
        .write(folder);
    chain.load(folder);
    try (Admin admin = KafkaAdmin.open(chain.stack().endpoints())) {
      admin
          .alterConsumerGroupOffsets(
              "somebody-else", Map.of(new TopicPartition(merged, 0), new OffsetAndMetadata(0)))
          .all()
          .get();
    }

    String text = riffle(1, "lag", "somebody-else", "--every", "0s");

    assertThat(text).contains("STOPPED", merged);
    assertThat(riffle(1, "lag", "--all", "--partitions")).contains("somebody-else");
    assertThat(lag().path("groups").findValuesAsText("group"))
        .as("none of the set's programs")
        .doesNotContain("somebody-else");
  }

  @Test
  void statusHasALineForThePipeline() throws Exception {
    Cli.Printed text = new Cli(chain.stack().home()).run("status");
    JsonNode json =
        new ObjectMapper()
            .readTree(new Cli(chain.stack().home()).run("status", "-o", "json").out());

    assertThat(text.out()).contains("PIPELINE", "REJECTS 24H").containsPattern("(?m)^claims +");
    JsonNode claims = find(json.path("pipelines"), "pipeline", "claims");
    assertThat(claims.path("state").asText()).isNotEmpty().isNotIn("STOPPED", "FAILED");
    assertThat(claims.path("lag").isIntegralNumber()).isTrue();
  }

  /** Whatever other tests do meanwhile: the exit code says nothing. */
  private JsonNode lag() {
    try {
      return new ObjectMapper()
          .readTree(new Cli(chain.stack().home()).run("lag", "--every", "0s", "-o", "json").out());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode group(JsonNode report, String name) {
    return find(report.path("groups"), "group", name);
  }

  private static JsonNode topic(JsonNode group, String name) {
    return find(group.path("topics"), "topic", name);
  }

  private static JsonNode find(JsonNode list, String field, String value) {
    for (JsonNode one : list) {
      if (one.path(field).asText().equals(value)) {
        return one;
      }
    }
    throw new AssertionError("no " + field + " " + value);
  }

  private String riffle(int exitCode, String... arguments) {
    return new Cli(chain.stack().home()).run(exitCode, arguments).out();
  }
}
