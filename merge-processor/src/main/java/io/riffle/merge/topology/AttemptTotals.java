package io.riffle.merge.topology;

import io.riffle.merge.rule.Outcome;
import io.riffle.merge.state.AttemptKey;
import io.riffle.merge.state.Totals;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.RifBarrier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts of the attempts in one partition. A barrier does not delete them, it closes them: the same
 * barrier once more gives the same counts, while records that come once more (a replay of the raw
 * topic over kept states) are counted from zero. Closed counts are forgotten when barriers are
 * {@link #KEPT} newer.
 *
 * <p>Every count is put into the store, because nobody is told of a commit before it; that is why
 * the store has a cache. It is read where the attempt changes only: nobody else changes the counts
 * of a file that are open, and a task that is taken up anew gets a new object.
 */
final class AttemptTotals {
  /** By the barriers' own time stamps, so that a replay forgets at the same places. */
  static final Duration KEPT = Duration.ofDays(7);

  private final KeyValueStore<byte[], byte[]> store;
  private Optional<Open> current = Optional.empty();

  /** The attempt that was counted last. */
  private static final class Open {
    private final AttemptKey attempt;
    private final byte[] key;
    private Totals totals;

    Open(AttemptKey attempt, Totals totals) {
      this.attempt = attempt;
      this.key = attempt.toBytes();
      this.totals = totals;
    }
  }

  AttemptTotals(KeyValueStore<byte[], byte[]> store) {
    this.store = store;
  }

  void count(Origin origin, Outcome outcome, boolean repeated) {
    Open open = open(origin);
    put(open, open.totals.plus(outcome, repeated));
  }

  void countRejected(Origin origin) {
    Open open = open(origin);
    put(open, open.totals.plusRejected());
  }

  private Open open(Origin origin) {
    AttemptKey attempt = new AttemptKey(origin.file(), origin.attempt());
    if (current.isEmpty() || !current.get().attempt.equals(attempt)) {
      current = Optional.of(new Open(attempt, get(attempt.toBytes())));
    }
    return current.get();
  }

  private void put(Open open, Totals totals) {
    open.totals = totals;
    store.put(open.key, totals.toBytes());
  }

  private Totals get(byte[] key) {
    byte[] stored = store.get(key);
    return stored == null ? Totals.NONE : Totals.fromBytes(stored);
  }

  /** The counts of the barrier's attempt, which are closed with this. */
  Totals close(RifBarrier barrier, long timestamp) {
    byte[] key = new AttemptKey(barrier.file(), barrier.attempt()).toBytes();
    Totals totals = get(key);
    store.put(key, totals.closed(timestamp).toBytes());
    current = Optional.empty();
    forgetClosedBefore(timestamp - KEPT.toMillis());
    return totals;
  }

  private void forgetClosedBefore(long timestamp) {
    List<byte[]> old = new ArrayList<>();
    try (KeyValueIterator<byte[], byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<byte[], byte[]> entry = all.next();
        Totals totals = Totals.fromBytes(entry.value);
        if (!totals.isOpen() && totals.closedAt() < timestamp) {
          old.add(entry.key);
        }
      }
    }
    old.forEach(store::delete);
  }
}
