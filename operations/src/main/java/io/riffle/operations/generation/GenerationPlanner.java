package io.riffle.operations.generation;

import io.riffle.generation.Generations;
import io.riffle.operations.replay.Estimate;
import io.riffle.operations.replay.PlanAdvice;
import io.riffle.operations.replay.PlannedRange;
import io.riffle.operations.replay.ReplayException;
import io.riffle.operations.replay.ReplayLedger;
import io.riffle.operations.replay.ReplayPlanner.Planned;
import io.riffle.operations.replay.ReplaySite;
import io.riffle.schemas.layout.Layout;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plans changes of generation. Changes nothing but the list of replays. */
public final class GenerationPlanner {
  private static final int MOST_PARTITIONS = 10_000;

  /** Copied, merged and written, one after the other, on two processors. */
  private static final double ASSUMED_RATE = 5_000;

  private final ReplaySite site;

  public GenerationPlanner(ReplaySite site) {
    this.site = site;
  }

  /**
   * Plans a change.
   *
   * @param wanted numbers of partitions, by type; types that are not named keep theirs
   * @param by who wants it, for the record
   * @throws ReplayException with the reason why it cannot be done
   */
  public Planned plan(Map<String, Integer> wanted, String by) throws SQLException {
    requireNone();
    List<PlannedRange> ranges;
    List<String> cut;
    try (Kafka kafka = new Kafka(site.kafka())) {
      ranges =
          Ranges.whole(
              kafka,
              kafka.partitions(site.layouts().all().stream().map(site.topics()::rif).toList()));
      cut = lookAtCut(ranges, kafka);
    }
    Map<String, Integer> present = present(ranges);
    Map<String, Integer> partitions = new TreeMap<>(present);
    partitions.putAll(checked(wanted));
    List<String> notes = new ArrayList<>(notes(present, partitions));
    notes.addAll(cut);
    long id =
        new PlanTables(site.database())
            .add(scope(present, partitions), site.topics().set(), by, partitions, ranges);
    long records = ranges.stream().mapToLong(PlannedRange::records).sum();
    Duration time = Duration.ofMillis(Math.round(1000 * records / ASSUMED_RATE));
    return new Planned(
        new ReplayLedger(site.database()).get(id),
        ranges,
        advice(notes),
        new Estimate(time, ASSUMED_RATE, false));
  }

  private void requireNone() throws SQLException {
    try (Connection connection = site.database().getConnection()) {
      Generations now = Generations.read(connection);
      if (now.isChanging()) {
        throw new ReplayException(
            "the set is on its way to generation "
                + now.next().getAsInt()
                + " already: run that replay to its end, or cancel it");
      }
    }
  }

  private Map<String, Integer> present(List<PlannedRange> ranges) {
    Map<String, Integer> present = new TreeMap<>();
    for (Layout layout : site.layouts().all()) {
      present.put(layout.type(), Ranges.of(site.topics().rif(layout), ranges).get(0).partitions());
    }
    return present;
  }

  /** Types that are merged into one state have the same number. */
  private Map<String, Integer> checked(Map<String, Integer> wanted) {
    Map<String, Integer> checked = new TreeMap<>();
    wanted.forEach(
        (name, number) -> {
          Layout layout =
              site.layouts()
                  .find(name.toUpperCase(Locale.ROOT))
                  .orElseThrow(() -> new ReplayException("there is no type " + name));
          if (layout.joins().isPresent()) {
            throw new ReplayException(
                layout.type() + " has as many partitions as " + layout.joins().get());
          } else if (number < 1 || number > MOST_PARTITIONS) {
            throw new ReplayException("a topic has 1 to " + MOST_PARTITIONS + " partitions");
          }
          RawCheck.mergedInto(layout, site.layouts().all())
              .forEach(one -> checked.put(one.type(), number));
        });
    return checked;
  }

  private static String scope(Map<String, Integer> present, Map<String, Integer> partitions) {
    List<String> changes = changes(present, partitions);
    return changes.isEmpty()
        ? "all topics"
        : "all topics, partitions: " + String.join(", ", changes);
  }

  private static List<String> changes(
      Map<String, Integer> present, Map<String, Integer> partitions) {
    return partitions.entrySet().stream()
        .filter(type -> !type.getValue().equals(present.get(type.getKey())))
        .map(type -> type.getKey() + " " + present.get(type.getKey()) + " to " + type.getValue())
        .toList();
  }

  private static List<String> notes(Map<String, Integer> present, Map<String, Integer> partitions) {
    List<String> notes = new ArrayList<>();
    changes(present, partitions).forEach(change -> notes.add("partitions of " + change));
    notes.add(
        "files are not loaded meanwhile: they wait in S3. Tables are read, and stay as they are,"
            + " until the new ones take their place, type by type");
    notes.add(
        "when raw records are copied, merge-processor has to run with the setting generation of"
            + " the next one: a local stack's is restarted, others are waited for");
    return notes;
  }

  /** The run looks at all of them, when nothing is added any more. */
  private List<String> lookAtCut(List<PlannedRange> ranges, Kafka kafka) throws SQLException {
    List<String> notes = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Layout layout : site.layouts().all()) {
      List<PlannedRange> own = Ranges.of(site.topics().rif(layout), ranges);
      if (own.stream().anyMatch(range -> range.from() > 0)) {
        Optional<String> missing = new RawCheck(site).missing(layout, own, read -> {});
        if (missing.isPresent()) {
          new Remains(site, kafka).problem(layout, missing.get()).ifPresent(problems::add);
          notes.add(missing.get() + ": made of merged and parked records");
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new ReplayException(String.join("; ", problems));
    }
    return notes;
  }

  private static PlanAdvice advice(List<String> notes) {
    return new PlanAdvice(
        List.of("all tables of record, riffle.parked"),
        List.of(
            "a merge state that was lost or is wrong, and the topics of its changelogs",
            "merged topics that were lost or cut, and numbers of partitions",
            "everything in the tables of record"),
        List.of(
            "raw records that are gone: what counts of them is in the state",
            "records that were rejected (riffle rejects redrive)"),
        List.of(
            "what was written into the tables past Riffle is not in the new ones; the old ones, and"
                + " the old topics, are kept until riffle replay drop",
            "when the tables of one type are exchanged, the rest must follow: it can be cancelled"
                + " before that"),
        notes);
  }
}
