package io.riffle.sink.rebuild;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.sink.offsets.AdminTopicLog;
import io.riffle.sink.offsets.LogFacts;
import io.riffle.sink.offsets.StoredOffset;
import io.riffle.sink.record.SinkTopic;
import io.riffle.sink.write.Database;
import io.riffle.sink.write.OffsetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rebuild of a type's tables from its merged topic. The live tables stay as they are, read by
 * everybody and written by the sink, until the new ones take their place in one transaction; then
 * they are kept under the schema {@code riffle_old_<id>} until {@link #drop}. A rebuild that ended
 * anywhere, be it killed, goes on when it is run again with the same number. One thread, one run at
 * a time.
 */
public final class Rebuild {
  private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
  private static final Duration OTHER_RUN = Duration.ofSeconds(10);
  private static final String OTHERS =
      "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = ?"
          + " AND datname = current_database() AND pid <> pg_backend_pid())";

  private final SinkTopic topic;
  private final List<TopicRange> ranges;
  private final RebuildSettings settings;
  private final SchemaRegistry registry;
  private final ShadowTables tables;
  private final ProgressTable progress;
  private final Preparation preparation;
  private final Sessions sessions;
  private final OffsetTable offsets;

  /**
   * A rebuild; nothing is done yet.
   *
   * @param id its number, for the names of schemas and sessions
   * @param topic the merged topic of a layout
   * @param ranges of all its partitions, from the start of the log
   */
  public Rebuild(
      long id,
      SinkTopic topic,
      List<TopicRange> ranges,
      RebuildSettings settings,
      SchemaRegistry registry) {
    this.topic = topic;
    this.ranges = List.copyOf(ranges);
    this.settings = settings;
    this.registry = registry;
    this.tables =
        new ShadowTables(topic.layout().orElseThrow(), settings.database().tablesSchema(), id);
    this.progress = new ProgressTable(tables);
    this.preparation = new Preparation(tables, progress);
    this.sessions = new Sessions(settings.database(), tables.application());
    this.offsets = new OffsetTable(settings.connector());
    ranges.forEach(this::requireOfTopic);
  }

  private void requireOfTopic(TopicRange range) {
    if (!range.partition().topic().equals(topic.name())) {
      throw new IllegalArgumentException(range.partition() + " is not of " + topic.name());
    }
  }

  /**
   * Why the tables of a layout cannot be rebuilt as they are, each reason naming what is in the
   * way; empty when they can. Changes nothing.
   *
   * @param connection of the role that is to rebuild them
   * @param schema of the tables
   */
  public static List<String> obstacles(Connection connection, Layout layout, String schema)
      throws SQLException {
    return new Obstacles(new ShadowTables(layout, schema, 0)).find(connection);
  }

  /**
   * Builds the tables, or goes on with it, up to the swap.
   *
   * @param listener told how far it is, by whichever thread got on, one at a time; an exception of
   *     it ends the run
   * @param hook part of the transaction of the swap
   * @return how the live tables differed; empty when the swap was done by an earlier run
   * @throws RebuildException when it cannot go on
   * @throws io.riffle.sink.write.DatabaseException when the database failed
   */
  public List<Difference> run(Consumer<Progress> listener, SwapHook hook)
      throws InterruptedException {
    Steps steps = new Steps(listener);
    try (Database database = sessions.open()) {
      awaitOtherRun(database);
      if (database.transaction(preparation::isSwapped)) {
        steps.begin(Step.DONE);
        return List.of();
      }
      steps.begin(Step.PREPARE);
      prepare(database);
      return build(database, steps, hook);
    }
  }

  private List<Difference> build(Database database, Steps steps, SwapHook hook)
      throws InterruptedException {
    Structure structure = new Structure(tables);
    Building building = new Building(sessions, tables, structure, settings.sessions(), steps);
    new Copying(sessions, progress, tables, topic, settings, registry, steps).run(database);
    building.run(database);
    steps.begin(Step.VERIFY);
    List<Difference> differences = verify(database, structure, steps);
    try (CatchUp catchUp = catchUp(database, steps)) {
      Swap swap = new Swap(tables, structure, offsets);
      new Handover(
              sessions, database, tables, catchUp, swap, building, offsets, settings.times(), steps)
          .run(hook);
    }
    LOG.atInfo()
        .addKeyValue("type", topic.type())
        .addKeyValue("old", tables.oldSchema())
        .log("tables rebuilt and exchanged");
    steps.begin(Step.DONE);
    return differences;
  }

  private CatchUp catchUp(Database database, Steps steps) {
    return new CatchUp(database, progress, tables, topic, settings, registry, steps::advance);
  }

  /** Takes away what a rebuild has made, be it half of it, and the former tables with it. */
  public void drop() throws InterruptedException {
    try (Database database = sessions.open()) {
      awaitOtherRun(database);
      database.transaction(
          connection -> {
            preparation.drop(connection);
            return true;
          });
    }
  }

  /** The sessions of a run that was killed end within a second or so. */
  private void awaitOtherRun(Database database) throws InterruptedException {
    long end = System.nanoTime() + OTHER_RUN.toNanos();
    while (database.transaction(
        connection -> new Sql(connection).isTrue(OTHERS, sessions.application()))) {
      if (System.nanoTime() > end) {
        throw new RebuildException("another run of this rebuild is under way");
      }
      Thread.sleep(100);
    }
  }

  private void prepare(Database database) {
    List<TopicRange> stored =
        database.transaction(
            connection ->
                preparation.isDone(connection)
                    ? progress.read(connection).stream().map(PartitionProgress::range).toList()
                    : create(connection));
    requireTopic(stored);
  }

  private List<TopicRange> create(Connection connection) throws SQLException {
    List<String> found = new Obstacles(tables).find(connection);
    if (!found.isEmpty()) {
      throw new RebuildException("the tables cannot be rebuilt: " + String.join("; ", found));
    }
    List<TopicRange> upToSink = upToSink(offsets.read(connection));
    requireTopic(upToSink);
    preparation.create(connection, upToSink);
    return upToSink;
  }

  /** What the sink wrote since the plan is loaded with the rest. */
  private List<TopicRange> upToSink(Map<TopicPartition, StoredOffset> stored) {
    List<TopicRange> ranges = new ArrayList<>();
    for (TopicRange range : this.ranges) {
      StoredOffset sink = stored.get(range.partition());
      if (sink == null || !sink.topicId().equals(range.topicId())) {
        throw new RebuildException("the live sink has no offset of " + range.partition());
      }
      if (sink.partitions() != this.ranges.size()) {
        throw new RebuildException("the topic has " + sink.partitions() + " partitions");
      }
      if (sink.next() < range.to()) {
        throw new RebuildException("the live sink was moved back on " + range.partition());
      }
      ranges.add(new TopicRange(range.partition(), range.topicId(), range.from(), sink.next()));
    }
    return ranges;
  }

  /** Everything that was there is there, of the same topic. */
  private void requireTopic(List<TopicRange> ranges) {
    List<TopicPartition> partitions = ranges.stream().map(TopicRange::partition).toList();
    try (AdminTopicLog log = new AdminTopicLog(settings.kafka())) {
      Map<TopicPartition, LogFacts> facts = log.facts(partitions);
      String lost =
          ranges.stream()
              .filter(range -> !holds(facts.get(range.partition()), range))
              .map(range -> range.partition().toString())
              .collect(Collectors.joining(", "));
      if (!lost.isEmpty()) {
        throw new RebuildException(
            "the topic was created again, or lost records, of " + lost + ": drop this rebuild");
      }
    }
  }

  private static boolean holds(LogFacts log, TopicRange range) {
    return log.topicId().equals(range.topicId())
        && log.start() <= range.from()
        && log.end() >= range.to();
  }

  private List<Difference> verify(Database database, Structure structure, Steps steps) {
    Verification verification = new Verification(tables);
    List<PartitionProgress> partitions = database.transaction(progress::read);
    if (!partitions.stream().allMatch(PartitionProgress::verified)) {
      new Copying(sessions, progress, tables, topic, settings, registry, steps)
          .requireWhole(partitions);
      database.transaction(
          connection -> {
            verification.requireCopied(connection, partitions);
            preparation.endLoad(new Sql(connection));
            progress.verified(connection);
            return true;
          });
    }
    structure.analyze(database);
    List<Difference> differences = database.transaction(verification::differences);
    differences.forEach(difference -> steps.note(difference.text()));
    return differences;
  }
}
