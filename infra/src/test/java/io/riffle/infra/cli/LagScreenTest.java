package io.riffle.infra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.operations.lag.GroupKind;
import io.riffle.operations.lag.GroupLag;
import io.riffle.operations.lag.LagHistory;
import io.riffle.operations.lag.LagReport;
import io.riffle.operations.lag.LagSnapshot;
import io.riffle.operations.lag.Member;
import io.riffle.operations.lag.PartitionLag;
import io.riffle.operations.lag.TopicLag;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two looks at a group: ten seconds apart, 40 records came and 10 were read. */
class LagScreenTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void aLineForEachTopic() {
    assertThat(print(false, false, report(2)))
        .containsPattern("GROUP +TYPE +MEMBERS +TOPIC +STATE +LAG +TREND +BEHIND +IN/S +READ/S")
        .containsPattern("g +connect +2 +t +WARN +130 +▲ +1m 05s +4 +1 +- +-");
  }

  @Test
  void aLineForEachPartitionWithWhoReadsIt() {
    assertThat(print(false, true, report(2)))
        .containsPattern("g +t +0 +WARN +60 +190 +130 +▲ +1m 05s +- +consumer-1 +/10.0.0.7 +-")
        .containsPattern("g +t +1 +IDLE +5 +5 +0 += +- +0.0s +- +- +-");
  }

  @Test
  void aGroupWithoutMembersStaysToBeSeen() {
    assertThat(print(false, false, report(0))).contains("STOPPED");
  }

  @Test
  void anObjectForPrograms() throws Exception {
    JsonNode json = new ObjectMapper().readTree(print(true, false, report(2)));

    assertThat(json.path("at").asText()).isEqualTo("2026-03-01T12:00:10Z");
    assertThat(json.path("state").asText()).isEqualTo("WARN");
    JsonNode partition = json.at("/groups/0/topics/0/partitions/0");
    assertThat(partition.path("lag").asLong()).isEqualTo(130);
    assertThat(partition.path("behindSeconds").asDouble()).isEqualTo(65);
    assertThat(partition.path("producedPerSecond").asDouble()).isEqualTo(4);
    assertThat(partition.path("drainSeconds").isNull()).isTrue();
    assertThat(partition.path("consumer").asText()).isEqualTo("consumer-1");
    assertThat(json.at("/groups/0/topics/0/partitions/1/consumer").isNull()).isTrue();
  }

  @Test
  void saysSoWhenThereIsNothingToTell() {
    assertThat(print(false, false, new LagReport(AT, List.of())))
        .isEqualTo("no group has committed offsets" + System.lineSeparator());
  }

  private String print(boolean json, boolean partitions, LagReport report) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    new LagScreen(json, partitions, stream).print(report);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static LagReport report(int members) {
    LagHistory history = new LagHistory();
    history.add(snapshot(AT, members, 50, 100));
    return history.add(snapshot(AT.plusSeconds(10), members, 60, 130));
  }

  private static LagSnapshot snapshot(Instant at, int members, long committed, long lag) {
    PartitionLag behind =
        new PartitionLag(
            0,
            committed,
            0,
            committed + lag,
            lag,
            Optional.of(Duration.ofSeconds(65)),
            Optional.of(new Member("consumer-1", "client", "/10.0.0.7")));
    PartitionLag idle = new PartitionLag(1, 5, 0, 5, 0, Optional.empty(), Optional.empty());
    TopicLag topic = new TopicLag("t", List.of(behind, idle));
    return new LagSnapshot(
        at, List.of(new GroupLag("g", GroupKind.CONNECT, "STABLE", members, List.of(topic))));
  }
}
