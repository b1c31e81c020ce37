package io.riffle.merge;

import io.riffle.config.ConfigException;
import io.riffle.config.Settings;
import io.riffle.metrics.MetricsConfig;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.registry.RegistryConfig;
import io.riffle.schemas.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the program can be told; the README lists the keys.
 *
 * @param types RIF types to merge, with each one that joins another also that one; empty: all that
 *     have a layout
 * @param kafka settings for all Kafka clients, such as those of TLS
 */
public record MergeConfig(
    Topics topics,
    Layouts layouts,
    String bootstrapServers,
    List<String> types,
    Map<String, String> kafka,
    Running running,
    Memory memory,
    Limits limits,
    RegistryConfig registry,
    MetricsConfig metrics) {

  private static final long MEBIBYTE = 1024L * 1024;
  private static final int HIGHEST_RECORD_LIMIT = 7 * 1024 * 1024;

  /**
   * How the Streams application runs.
   *
   * @param stateDir folder of the local states; may be lost, they are in the changelog topics
   * @param instanceId static membership: a restart under the same id takes its tasks back at once;
   *     without, a clean stop leaves the group
   * @param transactionTimeout after which a broker aborts what a killed process left open; readers
   *     wait for it
   */
  public record Running(
      Path stateDir,
      Optional<String> instanceId,
      int threads,
      int standbys,
      int replication,
      Duration commitInterval,
      Duration transactionTimeout,
      Duration sessionTimeout) {

    public Running {
      if (transactionTimeout.compareTo(commitInterval.multipliedBy(3)) < 0) {
        throw new ConfigException(
            "merge.transaction-timeout",
            transactionTimeout,
            "must be at least three times merge.commit-interval");
      }
    }
  }

  /**
   * Native memory of all state stores together, in bytes.
   *
   * @param blockCache data, index and filter blocks, and the write buffers within it
   */
  public record Memory(long blockCache, long writeBuffers) {

    public Memory {
      if (writeBuffers > blockCache) {
        throw new ConfigException(
            "merge.write-buffers", writeBuffers, "must fit into merge.block-cache");
      }
    }
  }

  /**
   * Where the program stops.
   *
   * @param recordBytes longest merged record
   * @param threadRestarts failures of threads within {@code restartWindow} that are answered with a
   *     new thread; the next one ends the process
   * @param shutdown how long a clean stop may take
   * @param topicsWait how long to wait for missing topics at start
   */
  public record Limits(
      int recordBytes,
      int threadRestarts,
      Duration restartWindow,
      Duration shutdown,
      Duration topicsWait) {}

  /**
   * Reads the {@code set}, {@code generation}, {@code layouts.folder}, {@code data-dir}, {@code
   * kafka.*}, {@code merge.*}, {@code registry.*} and {@code metrics.*} keys.
   */
  public static MergeConfig from(Settings settings) {
    Layouts layouts = Layouts.from(settings);
    return new MergeConfig(
        topics(settings),
        layouts,
        settings.string("kafka.bootstrap-servers"),
        types(settings, layouts),
        kafka(settings),
        running(settings),
        memory(settings),
        limits(settings),
        registry(settings),
        MetricsConfig.from(settings));
  }

  /** Schemas outlive the process where it has a folder of its own. */
  private static RegistryConfig registry(Settings settings) {
    RegistryConfig registry = RegistryConfig.from(settings);
    Optional<Path> dataDir = settings.path("data-dir");
    return registry.cacheDir().isPresent() || dataDir.isEmpty()
        ? registry
        : registry.withCacheDir(dataDir.get().resolve("schemas"));
  }

  private static Path stateDir(Settings settings) {
    Optional<Path> dataDir = settings.path("data-dir");
    return settings
        .path("merge.state-dir")
        .or(() -> dataDir.map(folder -> folder.resolve("state")))
        .orElse(Path.of("merge-state"));
  }

  private static Topics topics(Settings settings) {
    String set = settings.string("set", "main");
    int generation = settings.integer("generation", 0, 0, Integer.MAX_VALUE);
    try {
      return new Topics(set, generation);
    } catch (IllegalArgumentException e) {
      settings.reject("set", e.getMessage());
      return new Topics("main");
    }
  }

  /** Types that meet in one state are merged by one program, or by none. */
  private static List<String> types(Settings settings, Layouts layouts) {
    List<String> types = settings.list("merge.types", List.of());
    types.stream()
        .filter(type -> layouts.find(type).isEmpty())
        .forEach(type -> settings.reject("merge.types", type + " has no layout"));
    if (!types.isEmpty()) {
      layouts.all().stream()
          .filter(layout -> layout.joins().isPresent())
          .filter(
              layout ->
                  types.contains(layout.type()) != types.contains(layout.joins().orElseThrow()))
          .forEach(layout -> settings.reject("merge.types", together(layout)));
    }
    return types;
  }

  private static String together(Layout layout) {
    return "must name " + layout.joins().orElseThrow() + " and " + layout.type() + " together";
  }

  /** Everything else under {@code kafka.} goes to the clients as it is. */
  private static Map<String, String> kafka(Settings settings) {
    Map<String, String> kafka = settings.under("kafka.");
    kafka.keySet().removeIf(key -> key.startsWith("bootstrap"));
    return kafka;
  }

  private static Running running(Settings settings) {
    return new Running(
        stateDir(settings),
        settings.optional("merge.instance-id"),
        settings.integer("merge.threads", Runtime.getRuntime().availableProcessors(), 1, 64),
        settings.integer("merge.standbys", 0, 0, 4),
        settings.integer("merge.replication", 1, 1, 9),
        settings.duration("merge.commit-interval", Duration.ofSeconds(1)),
        settings.duration("merge.transaction-timeout", Duration.ofSeconds(60)),
        settings.duration("merge.session-timeout", Duration.ofSeconds(45)));
  }

  private static Memory memory(Settings settings) {
    return new Memory(
        settings.size("merge.block-cache", 256 * MEBIBYTE),
        settings.size("merge.write-buffers", 96 * MEBIBYTE));
  }

  private static Limits limits(Settings settings) {
    return new Limits(
        settings.integer(
            "merge.max-record-bytes", Math.toIntExact(4 * MEBIBYTE), 1024, HIGHEST_RECORD_LIMIT),
        settings.integer("merge.thread-restarts", 5, 0, 1000),
        settings.duration("merge.restart-window", Duration.ofMinutes(10)),
        settings.duration("merge.shutdown-timeout", Duration.ofSeconds(25)),
        settings.duration("merge.topics-wait", Duration.ofMinutes(2)));
  }
}
