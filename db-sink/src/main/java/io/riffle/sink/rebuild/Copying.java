package io.riffle.sink.rebuild;

import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.sink.record.SinkTopic;
import io.riffle.sink.write.Database;
import java.util.Comparator;
import java.util.List;

/**
 * Both passes over all partitions, side by side. A record that cannot be written leaves the one
 * before it to stand for its key, as with the live sink: passes are repeated until no further one
 * is found.
 */
final class Copying {
  private final Sessions sessions;
  private final ProgressTable progress;
  private final ShadowTables tables;
  private final SinkTopic topic;
  private final RebuildSettings settings;
  private final SchemaRegistry registry;
  private final Steps steps;

  Copying(
      Sessions sessions,
      ProgressTable progress,
      ShadowTables tables,
      SinkTopic topic,
      RebuildSettings settings,
      SchemaRegistry registry,
      Steps steps) {
    this.sessions = sessions;
    this.progress = progress;
    this.tables = tables;
    this.topic = topic;
    this.settings = settings;
    this.registry = registry;
    this.steps = steps;
  }

  void run(Database database) throws InterruptedException {
    List<PartitionProgress> partitions = database.transaction(progress::read);
    while (!partitions.stream().allMatch(PartitionProgress::isLoaded)) {
      scan(largestFirst(partitions));
      load(largestFirst(database.transaction(progress::read)));
      partitions = database.transaction(progress::read);
    }
  }

  private static List<PartitionProgress> largestFirst(List<PartitionProgress> partitions) {
    Comparator<PartitionProgress> bySize =
        Comparator.comparingLong(partition -> partition.range().to() - partition.range().from());
    return partitions.stream().sorted(bySize.reversed()).toList();
  }

  private static long offsets(List<PartitionProgress> partitions) {
    return partitions.stream().mapToLong(p -> p.range().to() - p.range().from()).sum();
  }

  private void scan(List<PartitionProgress> all) throws InterruptedException {
    List<PartitionProgress> due = all.stream().filter(p -> !p.isScanned()).toList();
    steps.begin(Step.SCAN, offsets(all) - offsets(due), offsets(all));
    Parallel.run(due, settings.sessions(), ScanWorker::new);
  }

  private void load(List<PartitionProgress> all) throws InterruptedException {
    List<PartitionProgress> due = all.stream().filter(p -> !p.isLoaded()).toList();
    long loaded = all.stream().mapToLong(p -> p.loaded() - p.range().from()).sum();
    steps.begin(Step.LOAD, loaded, offsets(all));
    Parallel.run(
        due,
        settings.sessions(),
        () ->
            new Load(sessions.open(), progress, tables, topic, settings, registry, steps::advance));
  }

  /**
   * Makes sure that what was not copied is no longer on the topic: compaction may take a record
   * between the passes when a newer one of its key follows behind the range.
   */
  void requireWhole(List<PartitionProgress> partitions) {
    List<PartitionProgress> incomplete = partitions.stream().filter(p -> !p.isWhole()).toList();
    if (incomplete.isEmpty()) {
      return;
    }
    try (RangeReader<Long, Integer> reader = new MergedTopic(settings.kafka()).schemaIds()) {
      for (PartitionProgress partition : incomplete) {
        long there = winners(reader, partition).size();
        if (there > partition.copiedRecords()) {
          throw new RebuildException(
              String.format(
                  "%d records of %s were copied, %d are there: drop this rebuild",
                  partition.copiedRecords(), partition.range().partition(), there));
        }
      }
    }
  }

  private OffsetSet winners(RangeReader<Long, Integer> reader, PartitionProgress partition) {
    RecordKinds kinds = new RecordKinds(registry, tables.layout());
    return new Scan(partition.range(), partition.bad(), kinds, steps::advance).winners(reader);
  }

  /** Finds the winners of partitions. A thread's own. */
  private final class ScanWorker implements Parallel.Worker<PartitionProgress> {
    private final Database database = sessions.open();
    private final RangeReader<Long, Integer> reader = new MergedTopic(settings.kafka()).schemaIds();

    @Override
    public void work(PartitionProgress partition) {
      OffsetSet winners = winners(reader, partition);
      OffsetSet todo = partition.winners().map(winners::without).orElse(winners);
      database.transaction(
          connection -> {
            progress.scanned(connection, partition, winners, todo);
            return true;
          });
    }

    @Override
    public void close() {
      reader.close();
      database.close();
    }
  }
}
