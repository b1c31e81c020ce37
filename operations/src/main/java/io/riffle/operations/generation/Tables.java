package io.riffle.operations.generation;

import io.riffle.operations.generation.Change.Step;
import io.riffle.operations.replay.PlannedRange;
import io.riffle.operations.replay.ReplaySite;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.topics.Topics;
import io.riffle.sink.offsets.LogFacts;
import io.riffle.sink.rebuild.ParkedRebuild;
import io.riffle.sink.record.SinkTopic;
import io.riffle.sink.write.DatabaseConfig;
import io.riffle.sink.write.OffsetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * What the tables are made of when all is merged. The sink is told to begin where the new topics
 * end: what they have by then comes from the old ones, and is counted and reported already.
 */
final class Tables {
  private final ReplaySite site;
  private final Topics next;
  private final Kafka kafka;
  private final GenerationStore store;

  Tables(ReplaySite site, Topics next, Kafka kafka, GenerationStore store) {
    this.site = site;
    this.next = next;
    this.kafka = kafka;
    this.store = store;
  }

  /** Notes the sink's offsets and a rebuild of each type, in one transaction with the step. */
  void plan(long id) throws SQLException {
    List<Layout> types =
        site.layouts().all().stream().filter(layout -> layout.joins().isEmpty()).toList();
    List<String> names = new ArrayList<>(types.stream().map(next::merged).toList());
    names.addAll(List.of(next.parked(), next.rejects()));
    List<PlannedRange> ranges = Ranges.whole(kafka, kafka.partitions(names));
    store.transaction(
        connection -> {
          for (PlannedRange range : ranges) {
            put(connection, range);
          }
          for (Layout type : types) {
            PlanTables.addRebuild(
                connection, id, type.type(), Ranges.of(next.merged(type), ranges));
          }
          return GenerationStore.advance(connection, id, Step.TABLES);
        });
  }

  private void put(Connection connection, PlannedRange range) throws SQLException {
    LogFacts facts = new LogFacts(range.topicId(), range.partitions(), range.from(), range.to());
    new OffsetTable(site.topics().sinkConnector())
        .put(connection, TopicReading.partition(range), facts, range.to());
  }

  /** What waits now; rows of keys for which nothing waits any more go when the set switches. */
  void writeParked(DatabaseConfig database) {
    SinkTopic topic = SinkTopic.of(next.parked(), next, site.layouts()).orElseThrow();
    List<TopicPartition> partitions = kafka.partitions(List.of(next.parked()));
    new ParkedRebuild(topic, database, site.kafka(), site.registry()).run(kafka.ends(partitions));
  }
}
