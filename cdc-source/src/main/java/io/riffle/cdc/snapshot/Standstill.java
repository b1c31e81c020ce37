package io.riffle.cdc.snapshot;

import io.riffle.failure.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Notices a snapshot that does not move. Debezium reads a chunk between two marks that it writes
 * into the source's log, and the stream waits while it does: when all of the log has been read that
 * there was after such a time, and no chunk came, none will. That tells a snapshot that stands
 * still from a slow chunk and from a worker that has much to read, whatever the time. For one
 * thread.
 */
public final class Standstill {
  /** Between two looks. */
  static final Duration LOOK = Duration.ofSeconds(5);

  /** With a connector that stores nothing: the query of a chunk may take long. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * A chunk that is read at the first look ends before what is stored passes that one's end; its
   * window lies before the second's then; what tells of it needs a moment to arrive.
   */
  private static final int ENDS = 3;

  private static final Backoff RESTARTS = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1));
  private static final int DOUBLINGS = 4;

  private final Clock clock;
  private Instant looked;
  private Instant stored;
  private long storedLsn = -1;
  private Optional<Long> end = Optional.empty();
  private int passed;
  private int restarts;
  private Instant nextRestart = Instant.MIN;

  public Standstill(Clock clock) {
    this.clock = clock;
    this.looked = clock.instant();
    this.stored = looked;
  }

  /** How a snapshot stands still. */
  enum Verdict {
    /** The stream goes on, and has passed where a chunk would have been. */
    PASSED,
    /** Nothing is stored at all. */
    SILENT
  }

  /** A chunk came, or nothing is to come. */
  void moved() {
    interrupted();
    restarts = 0;
    nextRestart = Instant.MIN;
  }

  /** Whoever read the chunk does so no more, another one may. */
  public void interrupted() {
    looked = clock.instant();
    stored = looked;
    storedLsn = -1;
    end = Optional.empty();
    passed = 0;
  }

  /** Whether nothing has come for a while; once, then there is a while again. */
  boolean isLookDue() {
    boolean due = !clock.instant().isBefore(looked.plus(LOOK));
    if (due) {
      looked = clock.instant();
    }
    return due;
  }

  /**
   * What a look finds; once, then it begins anew.
   *
   * @param lsn up to where everything is on the topics
   * @param now end of the source's log, read after the former
   */
  Optional<Verdict> look(long lsn, long now) {
    if (storedLsn >= 0 && lsn != storedLsn) {
      stored = clock.instant();
    }
    storedLsn = lsn;
    if (end.isEmpty()) {
      end = Optional.of(now);
    } else if (lsn > end.get()) {
      passed++;
      end = Optional.of(now);
    }
    boolean silent = !clock.instant().isBefore(stored.plus(patience()));
    if (passed < ENDS && !silent) {
      return Optional.empty();
    }
    Verdict verdict = passed < ENDS ? Verdict.SILENT : Verdict.PASSED;
    interrupted();
    return Optional.of(verdict);
  }

  private Duration patience() {
    return PATIENCE.multipliedBy(1L << Math.min(restarts, DOUBLINGS));
  }

  /** Whether now is the time for the connector to start again; the next time is later. */
  boolean isRestartDue() {
    Instant now = clock.instant();
    if (now.isBefore(nextRestart)) {
      return false;
    }
    restarts++;
    nextRestart = now.plus(RESTARTS.pause(restarts));
    return true;
  }
}
