package io.riffle.samples.change;

import java.util.List;
import java.util.Map;

/**
 * What a writer did. A transaction that was open when the server died is in none of the counts.
 *
 * @param changes committed ones, by table and kind
 * @param rolledBack transactions
 * @param longest changes of the longest committed transaction
 * @param mostOpen transactions that were open at the same time, with changes in each
 */
public record ChangeReport(
    Map<String, Map<ChangeKind, Long>> changes,
    long committed,
    long rolledBack,
    int longest,
    int mostOpen,
    List<SchemaChange> schemaChanges,
    double seconds) {

  public ChangeReport {
    schemaChanges = List.copyOf(schemaChanges);
  }

  /** Of all tables. */
  public long count(ChangeKind kind) {
    return changes.values().stream().mapToLong(of -> of.getOrDefault(kind, 0L)).sum();
  }

  /** Of all tables and kinds. */
  public long total() {
    return changes.values().stream().flatMap(of -> of.values().stream()).mapToLong(n -> n).sum();
  }
}
