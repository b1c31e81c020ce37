package io.riffle.operations.replay;

import io.riffle.operations.replay.LedgerFile.Delivery;
import io.riffle.operations.replay.MergedTopics.Found;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.sink.rebuild.Rebuild;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes plans: looks at the ledger, the topics and the file, refuses with the reason what cannot be
 * done, and stores the plan. Changes nothing else.
 */
public final class ReplayPlanner {
  private final ReplaySite site;
  private final ReplayLedger ledger;
  private final MergedTopics merged;
  private final RangePlanner ranges;

  public ReplayPlanner(ReplaySite site) {
    this.site = site;
    this.ledger = new ReplayLedger(site.database());
    this.merged = new MergedTopics(site);
    this.ranges = new RangePlanner(site.kafka(), Clock.systemUTC());
  }

  /** A plan as it was stored, with what an operator should know before it is run. */
  public record Planned(
      ReplayStatus status, List<PlannedRange> ranges, PlanAdvice advice, Estimate estimate) {}

  /**
   * Plans a replay.
   *
   * @throws ReplayException with the reason why it cannot be done
   */
  public Planned plan(ReplayRequest request) throws SQLException {
    new GenerationCheck(site).requireNoChange();
    ReplayPlan plan = look(request);
    if (request.mode() == ReplayMode.REBUILD) {
      requireRebuildable(plan.layout());
    }
    long id = new PlanStore(site.database()).add(plan);
    return new Planned(
        ledger.get(id),
        plan.ranges(),
        PlanAdvice.of(plan, site.tablesSchema()),
        Estimate.of(plan, ledger));
  }

  /** The run looks again: tables change. */
  private void requireRebuildable(Layout layout) throws SQLException {
    List<String> found;
    try (Connection connection = site.database().getConnection()) {
      found = Rebuild.obstacles(connection, layout, site.tablesSchema());
    }
    if (!found.isEmpty()) {
      throw new ReplayException("the tables cannot be rebuilt: " + String.join("; ", found));
    }
  }

  private ReplayPlan look(ReplayRequest request) throws SQLException {
    if (request.scope() instanceof Scope.Table table) {
      Layout layout = ofTable(site.layouts(), table.name());
      return ofTopic(request, layout, merged.of(layout));
    } else if (request.scope() instanceof Scope.Topic topic) {
      Found found = merged.named(topic.name());
      return ofTopic(request, found.topic().layout().orElseThrow(), found);
    } else if (request.scope() instanceof Scope.Keys keys) {
      return ofKeys(request, keys);
    }
    LedgerFile file = LedgerFile.find(site.database(), ((Scope.File) request.scope()).key());
    return request.mode() == ReplayMode.REINGEST ? again(request, file) : ofFile(request, file);
  }

  private ReplayPlan ofTopic(ReplayRequest request, Layout layout, Found topic) {
    List<PlannedRange> read = ranges.ranges(topic, request.start());
    return new ReplayPlan(
        request,
        layout,
        topic.topic().name(),
        read,
        Optional.empty(),
        Optional.empty(),
        notes(topic, request.start()));
  }

  /** A time cannot be told to be before what has expired. */
  private static List<String> notes(Found topic, StartAt start) {
    boolean byTime = start instanceof StartAt.ToDatetime || start instanceof StartAt.ByDuration;
    boolean cut = topic.facts().values().stream().anyMatch(facts -> facts.start() > 0);
    return byTime && cut
        ? List.of("the topic does not reach back to its begin: older records have expired")
        : List.of();
  }

  private ReplayPlan ofKeys(ReplayRequest request, Scope.Keys keys) throws SQLException {
    Layout layout = target(site.layouts(), keys.type());
    Found topic = merged.of(layout);
    long[] wanted = keys.keys().stream().mapToLong(Long::longValue).toArray();
    List<PlannedRange> read = ranges.whatIsThere(topic, partitionsOf(wanted, topic.partitions()));
    List<String> notes = new ArrayList<>();
    read.stream()
        .filter(range -> range.from() > 0)
        .forEach(
            range ->
                notes.add(
                    "partition %d is looked through back to offset %d; older records have expired"
                        .formatted(range.partition(), range.from())));
    return new ReplayPlan(
        request, layout, topic.topic().name(), read, Optional.of(wanted), Optional.empty(), notes);
  }

  private ReplayPlan ofFile(ReplayRequest request, LedgerFile file) throws SQLException {
    List<Delivery> deliveries = file.deliveries(site.database());
    if (!file.isLoaded() || deliveries.isEmpty()) {
      throw new ReplayException(
          file.s3Key()
              + " is "
              + file.state()
              + ": what it delivers is not known before it is loaded");
    }
    Layout layout = target(site.layouts(), file.type());
    Found topic = merged.of(layout);
    long[] keys = new FileKeys(site).of(file, deliveries);
    Set<Integer> wanted = partitionsOf(keys, topic.partitions());
    List<PlannedRange> read =
        ranges.ranges(topic, new StartAt.Beginning()).stream()
            .filter(range -> wanted.contains(range.partition()))
            .toList();
    return new ReplayPlan(
        request,
        layout,
        topic.topic().name(),
        read,
        Optional.of(keys),
        Optional.of(file),
        List.of("the file delivered records of " + keys.length + " keys"));
  }

  private static Set<Integer> partitionsOf(long[] keys, int partitions) {
    return Arrays.stream(keys)
        .mapToObj(key -> KeyPartition.of(key, partitions))
        .collect(Collectors.toSet());
  }

  private ReplayPlan again(ReplayRequest request, LedgerFile file) {
    Reingest.requireSame(site, file);
    Layout layout = target(site.layouts(), file.type());
    return new ReplayPlan(
        request,
        layout,
        site.topics().merged(layout),
        List.of(),
        Optional.empty(),
        Optional.of(file),
        List.of());
  }

  /** The layout whose tables have records of a type: its own, or that of the type it joins. */
  private static Layout target(Layouts layouts, String type) {
    Layout layout =
        layouts
            .find(type.toUpperCase(Locale.ROOT))
            .orElseThrow(
                () -> new ReplayException("there is no type " + type + ": " + types(layouts)));
    return layout.joins().map(layouts::get).orElse(layout);
  }

  private static String types(Layouts layouts) {
    return String.join(", ", layouts.all().stream().map(Layout::type).toList());
  }

  private Layout ofTable(Layouts layouts, String asked) {
    String prefix = site.tablesSchema() + ".";
    String name = asked.startsWith(prefix) ? asked.substring(prefix.length()) : asked;
    return layouts.all().stream()
        .filter(layout -> layout.joins().isEmpty())
        .filter(layout -> ReplayPlan.tables(layout, site.tablesSchema()).contains(prefix + name))
        .findFirst()
        .orElseThrow(() -> new ReplayException("there is no table of record " + asked));
  }
}
