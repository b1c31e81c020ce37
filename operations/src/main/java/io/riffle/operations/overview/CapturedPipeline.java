package io.riffle.operations.overview;

import io.riffle.operations.cdc.SourceHealth;
import io.riffle.operations.cdc.SourceStatus;
import io.riffle.operations.lag.LagReport;
import io.riffle.operations.lag.LagReport.Topic;
import io.riffle.schemas.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** From a captured database to its staging tables: Debezium's connector, then the sink. */
final class CapturedPipeline {
  private static final double MILLIS = 1000.0;

  private final Topics topics;

  CapturedPipeline(Topics topics) {
    this.topics = topics;
  }

  /**
   * How it does. Its messages are those on its topics; how much log the source keeps for it is told
   * in time only.
   *
   * @param rejects of the last 24 hours
   * @param lag of all groups of the set; none when Kafka does not answer
   * @param others what is known besides: its connector, and the one that writes staging tables
   */
  Pipeline of(
      SourceStatus source, Optional<Long> rejects, Optional<LagReport> lag, List<Standing> others) {
    String name = source.source().name();
    List<Standing> standings = new ArrayList<>(others);
    SourceHealth health = source.health();
    PipelineState state = state(health.state());
    if (state != PipelineState.RUNNING) {
      standings.add(
          new Standing(
              state,
              health.problems().isEmpty()
                  ? "the source is " + health.state()
                  : String.join("; ", health.problems())));
    }
    standings.sort(Comparator.comparing(Standing::state).reversed());
    Optional<List<Topic>> own = lag.map(known -> topics(known, topics.cdc(name) + "."));
    return new Pipeline(
        "cdc " + name,
        standings.isEmpty() ? PipelineState.RUNNING : standings.get(0).state(),
        standings.stream().map(Standing::reason).toList(),
        own.map(all -> all.stream().mapToDouble(Topic::produced).sum()),
        own.map(all -> all.stream().mapToDouble(Topic::consumed).sum()),
        own.map(all -> all.stream().mapToLong(topic -> topic.lag().lag()).sum()),
        behind(source, own.orElse(List.of())),
        own.flatMap(all -> LagReport.slowest(all.stream().map(Topic::drain).toList())),
        rejects,
        committed(source));
  }

  private static PipelineState state(String health) {
    return switch (health) {
      case "STREAMING" -> PipelineState.RUNNING;
      case "PAUSED", "FAILED" -> PipelineState.PAUSED; // FAILED is tried again
      case "UNSEEN" -> PipelineState.STOPPED;
      case "GAP", "REFUSED" -> PipelineState.FAILED;
      default -> PipelineState.DEGRADED;
    };
  }

  private List<Topic> topics(LagReport lag, String prefix) {
    String group = "connect-" + topics.stagingConnector();
    return lag.groups().stream()
        .filter(one -> one.lag().group().equals(group))
        .flatMap(one -> one.topics().stream())
        .filter(topic -> topic.lag().topic().startsWith(prefix))
        .toList();
  }

  /** The way to the topics and the way from there, one after the other. */
  private static Optional<Duration> behind(SourceStatus source, List<Topic> own) {
    Optional<Duration> toTopic =
        source.behindSeconds().map(seconds -> Duration.ofMillis(Math.round(seconds * MILLIS)));
    Stream<Duration> fromTopic = own.stream().flatMap(topic -> topic.lag().behind().stream());
    return Stream.concat(toTopic.stream(), fromTopic).max(Comparator.naturalOrder());
  }

  private static Optional<Instant> committed(SourceStatus source) {
    return source.staging().stream()
        .flatMap(table -> table.committedAt().stream())
        .map(Instant::parse)
        .max(Comparator.naturalOrder());
  }
}
