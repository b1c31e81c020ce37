package io.riffle.producer.barrier;

import io.riffle.process.StopSignal;
import io.riffle.producer.kafka.ControlReader;
import io.riffle.producer.kafka.KafkaConfig;
import io.riffle.producer.ledger.AttemptLedger;
import io.riffle.producer.ledger.Database;
import io.riffle.producer.ledger.DueBarriers;
import io.riffle.producer.ledger.FileAttempt;
import io.riffle.producer.ledger.RestoredLedger;
import io.riffle.schemas.control.Progress;
import io.riffle.schemas.control.Progress.BarriersWritten;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mirrors the progress topic into the ledger and writes the barriers of each load whose splits are
 * all done. Whether barriers were written is the topic's word alone: {@link BarriersWritten} stands
 * in their transaction. For one thread, after {@link #catchUp}.
 */
public final class ProgressLoop implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ProgressLoop.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ProgressTopic topic;
  private final AttemptLedger attempts;
  private final RestoredLedger restored;
  private final BarrierWriter barriers;
  private final Set<FileAttempt> closed;
  private final SortedSet<Long> unknown = new TreeSet<>();
  private final Set<FileAttempt> written = new HashSet<>();
  private boolean changed = true;

  private ProgressLoop(
      ProgressTopic topic,
      AttemptLedger attempts,
      RestoredLedger restored,
      BarrierWriter barriers,
      Set<FileAttempt> closed) {
    this.topic = topic;
    this.attempts = attempts;
    this.restored = restored;
    this.barriers = barriers;
    this.closed = closed;
  }

  /** Starts at the beginning of the topic. */
  public static ProgressLoop open(
      KafkaConfig config,
      ControlReader reader,
      String topic,
      Database database,
      BarrierWriter barriers) {
    AttemptLedger attempts = new AttemptLedger(database);
    Set<FileAttempt> closed = attempts.closed();
    ProgressTopic progress = ProgressTopic.open(config, reader, topic);
    RestoredLedger restored = new RestoredLedger(database, topic, progress.id());
    return new ProgressLoop(progress, attempts, restored, barriers, closed);
  }

  /**
   * Brings the ledger up to what is on the topic now; to be done before anything is planned.
   *
   * @throws IllegalStateException if the ledger belongs to another topic
   */
  public void catchUp(StopSignal stop) {
    restored.requireOwn(topic.hasRecords());
    long warnAt = System.nanoTime() + PATIENCE.toNanos();
    while (!topic.isCaughtUp() && !stop.isGiven()) {
      mirror(topic.poll(POLL));
      if (System.nanoTime() > warnAt) {
        log.atWarn().log("the progress topic has an open transaction; waiting for its end");
        warnAt = System.nanoTime() + PATIENCE.toNanos();
      }
    }
    if (topic.isCaughtUp()) {
      comeToKnow();
    }
  }

  /** What the ledger does not know by now it has lost: files are planned after they are found. */
  private void comeToKnow() {
    if (unknown.isEmpty()) {
      restored.recordTopic();
      return;
    }
    if (restored.passOver(unknown.last())) {
      log.atWarn()
          .addKeyValue("files", unknown.size())
          .addKeyValue("last", unknown.last())
          .log("the ledger was restored from a backup; files found since are found again");
    }
  }

  /**
   * Works until the signal is given.
   *
   * @param round told after each look at what is due and what is new
   */
  public void run(StopSignal stop, Runnable round) {
    while (!stop.isGiven()) {
      writeDue();
      mirror(topic.poll(POLL));
      round.run();
    }
  }

  @Override
  public void close() {
    topic.close();
  }

  private void mirror(List<Progress> polled) {
    List<Progress> open =
        polled.stream().filter(progress -> !closed.contains(load(progress))).toList();
    if (open.isEmpty()) {
      return;
    }
    unknown.addAll(attempts.mirror(open));
    open.stream()
        .filter(BarriersWritten.class::isInstance)
        .forEach(progress -> written.add(load(progress)));
    changed = true;
  }

  private void writeDue() {
    if (!changed) {
      return;
    }
    changed = false;
    for (DueBarriers due : attempts.due()) {
      if (!written.contains(due.load())) {
        attempts.recordPublished(due);
        barriers.write(due);
        written.add(due.load());
      }
    }
  }

  private static FileAttempt load(Progress progress) {
    return new FileAttempt(progress.file(), progress.attempt());
  }
}
