package io.riffle.operations.overview;

import io.riffle.operations.lag.LagReport;
import io.riffle.operations.lag.LagReport.Group;
import io.riffle.operations.lag.LagReport.Topic;
import io.riffle.schemas.topics.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * From files to tables of record: rif-producer, merge-processor and the sink, one after another.
 */
final class ClaimsPipeline {
  static final String NAME = "claims";

  private final Topics topics;

  /**
   * @param topics of the set's current generation
   */
  ClaimsPipeline(Topics topics) {
    this.topics = topics;
  }

  /**
   * How it does.
   *
   * @param lag of all groups of the set; none when Kafka does not answer
   * @param rejects of the last 24 hours
   * @param rows written a second
   * @param lastSuccess when a file was last loaded to its end
   * @param others what is known besides: connectors, parts that pause, servers that do not answer
   */
  Pipeline of(
      Optional<LagReport> lag,
      Optional<Long> rejects,
      Optional<Double> rows,
      Optional<Instant> lastSuccess,
      List<Standing> others) {
    List<Standing> standings = new ArrayList<>(others);
    Optional<List<Group>> groups = lag.map(known -> programs(known, standings));
    standings.sort(Comparator.comparing(Standing::state).reversed());
    return new Pipeline(
        NAME,
        standings.isEmpty() ? PipelineState.RUNNING : standings.get(0).state(),
        standings.stream().map(Standing::reason).toList(),
        groups.map(this::in),
        rows,
        groups.map(all -> all.stream().mapToLong(group -> group.lag().lag()).sum()),
        groups.stream()
            .flatMap(List::stream)
            .flatMap(one -> one.lag().behind().stream())
            .max(Comparator.naturalOrder()),
        groups.flatMap(all -> LagReport.slowest(all.stream().map(Group::drain).toList())),
        rejects,
        lastSuccess);
  }

  private List<Group> programs(LagReport lag, List<Standing> standings) {
    List<Group> groups = new ArrayList<>();
    program("rif-producer", topics.workersGroup(), lag, standings, groups);
    program("merge-processor", topics.mergeApplicationId(), lag, standings, groups);
    program("db-sink", sinkGroup(), lag, standings, groups);
    return groups;
  }

  private String sinkGroup() {
    return "connect-" + topics.sinkConnector();
  }

  private static void program(
      String program, String name, LagReport lag, List<Standing> standings, List<Group> groups) {
    Optional<Group> group =
        lag.groups().stream().filter(one -> one.lag().group().equals(name)).findFirst();
    group.ifPresent(groups::add);
    if (group.isEmpty() || group.get().lag().members() == 0) {
      standings.add(
          new Standing(
              PipelineState.STOPPED, program + " reads nothing: its group has no members"));
      return;
    }
    switch (group.get().state()) {
      case STALLED ->
          standings.add(
              new Standing(
                  PipelineState.DEGRADED, program + " reads nothing, though records wait"));
      case REWIND ->
          standings.add(new Standing(PipelineState.DEGRADED, program + ": its offsets went back"));
      default -> {} // falling behind is no fault: a large file comes faster than it is written
    }
    if (isAtRisk(group.get())) {
      standings.add(
          new Standing(
              PipelineState.DEGRADED, program + ": records may expire before they are read"));
    }
  }

  private static boolean isAtRisk(Group group) {
    return group.topics().stream()
        .flatMap(topic -> topic.partitions().stream())
        .anyMatch(partition -> partition.pace().retentionRisk());
  }

  /** Raw records: what merge-processor reads of others, not what it sends itself. */
  private double in(List<Group> groups) {
    String raw = topics.set() + ".rif.";
    return groups.stream()
        .filter(group -> group.lag().group().equals(topics.mergeApplicationId()))
        .flatMap(group -> group.topics().stream())
        .filter(topic -> topic.lag().topic().startsWith(raw))
        .mapToDouble(Topic::produced)
        .sum();
  }
}
