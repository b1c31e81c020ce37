package io.riffle.merge.topology;

import io.riffle.merge.rule.Outcome;
import io.riffle.merge.state.AttemptKey;
import io.riffle.merge.state.Totals;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.RifBarrier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts of the attempts in one partition. A barrier does not delete them, it closes them: the same
 * barrier once more gives the same counts, while records that come once more (a replay of the raw
 * topic over kept states) are counted from zero. Closed counts are forgotten when barriers are
 * {@link #KEPT} newer.
 */
final class AttemptTotals {
  /** By the barriers' own time stamps, so that a replay forgets at the same places. */
  static final Duration KEPT = Duration.ofDays(7);

  private final KeyValueStore<byte[], byte[]> store;

  AttemptTotals(KeyValueStore<byte[], byte[]> store) {
    this.store = store;
  }

  void count(Origin origin, Outcome outcome) {
    byte[] key = key(origin);
    store.put(key, get(key).plus(outcome).toBytes());
  }

  void countRejected(Origin origin) {
    byte[] key = key(origin);
    store.put(key, get(key).plusRejected().toBytes());
  }

  /** The counts of the barrier's attempt, which are closed with this. */
  Totals close(RifBarrier barrier, long timestamp) {
    byte[] key = new AttemptKey(barrier.file(), barrier.attempt()).toBytes();
    Totals totals = get(key);
    store.put(key, totals.closed(timestamp).toBytes());
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

  private Totals get(byte[] key) {
    byte[] stored = store.get(key);
    return stored == null ? Totals.NONE : Totals.fromBytes(stored);
  }

  private static byte[] key(Origin origin) {
    return new AttemptKey(origin.file(), origin.attempt()).toBytes();
  }
}
