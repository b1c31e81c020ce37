package io.riffle.schemas.topics;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The topics that a set needs, with partitions and settings. Topics of partial records are never
 * compacted: compaction would keep only the last patch of a key.
 */
public final class TopicPlan {

  /** Largest record anywhere on the way, in bytes. */
  public static final int MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

  /** How long raw records are kept unless somebody says otherwise. */
  public static final Duration REPLAY_WINDOW = Duration.ofDays(30);

  private static final int SPLIT_PARTITIONS = 4;
  private static final int SAFE_COPIES = 3;

  private final Topics topics;
  private final Layouts layouts;
  private final Map<String, Integer> partitions;
  private final short replication;
  private final long replayWindowMillis;

  /**
   * A plan for topics with the numbers of partitions that the layouts name.
   *
   * @param replication copies of each partition; with 3 or more, 2 must be in sync
   * @param replayWindowMillis how long raw records are kept, and merged ones that newer ones of
   *     their key have replaced
   */
  public TopicPlan(Topics topics, Layouts layouts, short replication, long replayWindowMillis) {
    this(topics, layouts, Map.of(), replication, replayWindowMillis);
  }

  /**
   * A plan for a generation.
   *
   * @param partitions by type, where it is another number than the layout names
   */
  public TopicPlan(
      Topics topics,
      Layouts layouts,
      Map<String, Integer> partitions,
      short replication,
      long replayWindowMillis) {
    this.topics = topics;
    this.layouts = layouts;
    this.partitions = Map.copyOf(partitions);
    this.replication = replication;
    this.replayWindowMillis = replayWindowMillis;
  }

  /** All topics of the set. */
  public List<NewTopic> all() {
    List<NewTopic> plan = ofGeneration();
    plan.add(topic(topics.splits(), SPLIT_PARTITIONS, log()));
    plan.add(topic(topics.progress(), 1, compacted()));
    return plan;
  }

  /** Those that each generation has of its own. */
  public List<NewTopic> ofGeneration() {
    List<NewTopic> plan = new ArrayList<>();
    for (Layout layout : layouts.all()) {
      plan.add(topic(topics.rif(layout), partitions(layout), log()));
      if (layout.joins().isEmpty()) {
        plan.add(topic(topics.merged(layout), partitions(layout), merged()));
      }
    }
    plan.add(topic(topics.rejects(), widest(), log()));
    plan.add(topic(topics.parked(), widest(), compacted()));
    return plan;
  }

  /** Partition p of a type's topic forwards its barriers to partition p of parked and rejects. */
  private int widest() {
    return layouts.all().stream().mapToInt(this::partitions).max().orElse(1);
  }

  private int partitions(Layout layout) {
    return partitions.getOrDefault(layout.type(), layout.partitions());
  }

  private NewTopic topic(String name, int partitions, Map<String, String> settings) {
    settings.put("max.message.bytes", String.valueOf(MAX_MESSAGE_BYTES));
    settings.put("min.insync.replicas", Integer.toString(inSync(replication)));
    return new NewTopic(name, partitions, replication).configs(settings);
  }

  /** How many of so many copies must have a record before it counts as written. */
  public static int inSync(int copies) {
    return copies >= SAFE_COPIES ? 2 : 1;
  }

  private Map<String, String> log() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("cleanup.policy", "delete");
    settings.put("retention.ms", String.valueOf(replayWindowMillis));
    settings.put("message.timestamp.type", "LogAppendTime");
    return settings;
  }

  /** The sink counts every record of a file: none may be cleaned before the sink has read it. */
  private Map<String, String> merged() {
    Map<String, String> settings = compacted();
    settings.put("min.compaction.lag.ms", String.valueOf(replayWindowMillis));
    return settings;
  }

  private static Map<String, String> compacted() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("cleanup.policy", "compact");
    settings.put("min.cleanable.dirty.ratio", "0.3");
    return settings;
  }
}
