package io.riffle.operations.generation;

import io.riffle.failure.Failure;
import io.riffle.failure.Failures;
import io.riffle.operations.generation.Change.Step;
import io.riffle.operations.replay.PlannedRange;
import io.riffle.operations.replay.ReplayException;
import io.riffle.operations.replay.ReplayLedger;
import io.riffle.operations.replay.ReplayRunner;
import io.riffle.operations.replay.ReplaySite;
import io.riffle.operations.site.StackException;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.topics.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change of generation, in this process. Each step is noted when it is over, so a run that ended
 * anywhere, be it killed, goes on when it is run again. Loading is held from the first step to the
 * last; tables are read, and are as they were, all the while.
 */
public final class GenerationRun {
  private final ReplaySite site;
  private final ReplayLedger ledger;
  private final GenerationStore store;
  private final PlanTables plans;
  private final ReplayRunner replays;
  private final Programs programs;
  private final Duration patience;

  /**
   * A runner of changes.
   *
   * @param replays runs the rebuilds of tables
   * @param patience how long files that are on their way, and merge-processor, may stand still
   */
  public GenerationRun(
      ReplaySite site, ReplayRunner replays, Programs programs, Duration patience) {
    this.site = site;
    this.ledger = new ReplayLedger(site.database());
    this.store = new GenerationStore(site.database());
    this.plans = new PlanTables(site.database());
    this.replays = replays;
    this.programs = programs;
    this.patience = patience;
  }

  /**
   * Runs it, or goes on with one that was interrupted.
   *
   * @return why it did not come to its end; empty when the set is at the next generation
   * @throws ReplayException when it cannot be run
   */
  public Optional<String> run(long id, ReplayRunner.Watcher watcher)
      throws SQLException, InterruptedException {
    store.requireAlone(id);
    ledger.change(id, "RUNNING", null);
    try {
      Change change = store.begin(id);
      if (!change.isCurrent()) {
        make(id, change, watcher);
      }
      watcher.note("the sink goes over to the new topics");
      programs.sink();
      ledger.change(id, "DONE", null);
      return Optional.empty();
    } catch (ReplayException | StackException e) {
      return Optional.of(failed(id, e.getMessage()));
    } catch (RuntimeException e) {
      Failure failure = Failures.of(e).orElseThrow(() -> e);
      return Optional.of(failed(id, failure.text()));
    }
  }

  private void make(long id, Change begun, ReplayRunner.Watcher watcher)
      throws SQLException, InterruptedException {
    Progress progress = new Progress(ledger, id, watcher);
    Topics next = site.topics().at(begun.generation());
    try (Kafka kafka = new Kafka(site.kafka())) {
      if (begun.isBefore(Step.FILL)) {
        new Hold(site, patience, progress).await();
        new Look(site, kafka, plans, progress).run(id);
      }
      if (begun.isBefore(Step.MERGE)) {
        fill(id, next, kafka, progress);
        progress.requireWanted();
        store.advance(id, Step.MERGE);
      }
      if (begun.isBefore(Step.TABLES)) {
        programs.mergeProcessor();
        new MergeEnd(site, next, kafka, patience, progress).await();
        new Tables(site, next, kafka, store).plan(id);
      }
      programs.mergeProcessor(); // it may have been killed meanwhile
      rebuild(id, watcher, progress);
      new Tables(site, next, kafka, store).writeParked(replays.database(id));
      store.switchOver(id);
    }
  }

  private void fill(long id, Topics next, Kafka kafka, Progress progress)
      throws SQLException, InterruptedException {
    progress.note("copying raw records to generation " + next.generation());
    List<PlannedRange> ranges = ledger.ranges(id);
    requireSame(ranges, kafka);
    new NextTopics(site, kafka).create(next, plans.partitions(id));
    long planned = ranges.stream().mapToLong(PlannedRange::records).sum();
    long[] done = {0};
    Map<String, Source> sources = plans.sources(id);
    try (RawCopy copy = new RawCopy(site, next)) {
      RawCopy.Listener listener = copied -> progress.at(planned, done[0] += copied);
      for (Layout layout : site.layouts().all()) {
        copy.copy(layout, Ranges.of(site.topics().rif(layout), ranges), listener);
        if (sources.get(layout.type()) == Source.MERGED) {
          new RemainsCopy(site, next, kafka, copy, layout).run(listener);
        }
      }
      copy.end(id);
    }
  }

  /** Nothing may have been made again since it was looked at. */
  private static void requireSame(List<PlannedRange> ranges, Kafka kafka) {
    List<PlannedRange> now =
        Ranges.whole(kafka, ranges.stream().map(TopicReading::partition).toList());
    for (int i = 0; i < ranges.size(); i++) {
      PlannedRange was = ranges.get(i);
      PlannedRange is = now.get(i);
      if (!was.topicId().equals(is.topicId()) || is.from() > was.from() || is.to() < was.to()) {
        throw new ReplayException(
            was.topic()
                + " was made again, or lost records, since it was looked at: cancel this replay");
      }
    }
  }

  private void rebuild(long id, ReplayRunner.Watcher watcher, Progress progress)
      throws SQLException, InterruptedException {
    for (Map.Entry<Long, String> rebuild : plans.rebuilds(id).entrySet()) {
      long child = rebuild.getKey();
      if (ledger.get(child).state().equals("DONE")) {
        continue;
      }
      progress.note("rebuilding the tables of " + rebuild.getValue() + " (replay " + child + ")");
      progress.requireWanted();
      Optional<String> failure = replays.run(child, watcher);
      if (failure.isPresent()) {
        throw new ReplayException(
            "replay " + child + " (" + rebuild.getValue() + "): " + failure.get());
      }
    }
  }

  /** Before anything was made, loading goes on. */
  private String failed(long id, String reason) throws SQLException {
    Optional<Change> change = store.find(id);
    if (change.filter(one -> one.step() == Step.HOLD).isPresent()) {
      store.abandon(id, reason);
    }
    if (ledger.get(id).isRunning()) {
      ledger.change(id, "FAILED", reason);
    }
    return reason;
  }

  /**
   * Gives a change up: files are loaded to the present topics as before.
   *
   * @throws ReplayException when tables were exchanged already
   */
  public void cancel(long id, String why) throws SQLException {
    Optional<Change> change = store.find(id);
    store.cancel(id, why);
    if (change.isPresent()) {
      programs.mergeProcessor(); // waits until the newer topics are gone
      clear(change.get().generation());
    }
  }

  /**
   * Forgets the topics that the set has left, and the tables that were replaced; of a change that
   * was cancelled, what it had made.
   *
   * @throws ReplayException when it may still be run
   */
  public void drop(long id) throws SQLException, InterruptedException {
    ledger.drop(id);
    for (long child : plans.rebuilds(id).keySet()) {
      replays.drop(child);
    }
    for (int generation : store.obsolete(id)) {
      clear(generation);
    }
  }

  private void clear(int generation) throws SQLException {
    try (Kafka kafka = new Kafka(site.kafka())) {
      new NextTopics(site, kafka).delete(site.topics().at(generation));
    }
    store.forgetOffsets(site.topics().sinkConnector(), generation);
  }
}
