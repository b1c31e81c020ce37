package io.riffle.samples.change;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts for the report. Not thread-safe. */
final class Tally {

  private final Map<String, Map<ChangeKind, Long>> changes = new TreeMap<>();
  private final List<SchemaChange> schemaChanges = new ArrayList<>();
  private final long started = System.nanoTime();
  private long committed;
  private long written;
  private Instant lastCommit;
  private long rolledBack;
  private int longest;
  private int mostOpen;

  /**
   * @param asked right before the commit
   */
  void committed(List<Undo> transaction, Instant asked) {
    committed++;
    written += transaction.size();
    lastCommit = asked;
    longest = Math.max(longest, transaction.size());
    transaction.forEach(change -> count(change.table(), change.kind()));
  }

  void count(String table, ChangeKind kind) {
    changes
        .computeIfAbsent(table, first -> new EnumMap<>(ChangeKind.class))
        .merge(kind, 1L, Long::sum);
  }

  void rolledBack() {
    rolledBack++;
  }

  void open(int transactions) {
    mostOpen = Math.max(mostOpen, transactions);
  }

  void changed(SchemaChange change) {
    schemaChanges.add(change);
  }

  /** Changes of all committed transactions. */
  long written() {
    return written;
  }

  Optional<Instant> lastCommit() {
    return Optional.ofNullable(lastCommit);
  }

  ChangeReport report() {
    Map<String, Map<ChangeKind, Long>> copy = new TreeMap<>();
    changes.forEach((table, of) -> copy.put(table, new EnumMap<>(of)));
    double seconds = (System.nanoTime() - started) / 1e9;
    return new ChangeReport(copy, committed, rolledBack, longest, mostOpen, schemaChanges, seconds);
  }
}
