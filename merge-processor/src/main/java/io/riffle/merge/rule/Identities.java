package io.riffle.merge.rule;

import io.riffle.schemas.control.Version;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What each FULL record of a person said of who it is, and the former identities that files sent,
 * as the records said it: what their layouts lack is empty. Types without a history have none.
 */
public final class Identities {
  private final TreeMap<Version, Identity> ofFulls = new TreeMap<>();
  private final TreeMap<Version, Sent> sent = new TreeMap<>();

  /** A former identity that a file has. */
  public record Sent(long file, Identity identity) {}

  /** By version of the FULL record. */
  public NavigableMap<Version, Identity> ofFulls() {
    return Collections.unmodifiableNavigableMap(ofFulls);
  }

  /** By version of the record that sent it. */
  public NavigableMap<Version, Sent> sent() {
    return Collections.unmodifiableNavigableMap(sent);
  }

  /** Adds what a FULL record says: one that arrives, or one of a stored state. */
  public void add(Version full, Identity identity) {
    ofFulls.put(full, identity);
  }

  /** Adds a row of a file; whether it was not there. */
  public boolean add(Version record, Sent row) {
    return sent.put(record, row) == null;
  }

  void forget(Version version) {
    ofFulls.headMap(version, true).clear();
    sent.headMap(version, true).clear();
  }

  /**
   * The rows of the history, by ascending version. Successive FULL records with one identity are a
   * run; each run that another one follows gives the row of its last record. What a record does not
   * say is as its predecessor has it.
   */
  List<Former> former(IdentityColumns columns) {
    TreeMap<Version, Identity> rows = new TreeMap<>();
    sent.forEach((version, row) -> rows.put(version, row.identity().over(columns.unsaid())));
    Version last = null;
    Identity identity = columns.unsaid();
    for (var full : ofFulls.entrySet()) {
      Identity next = full.getValue().over(identity);
      if (last != null && !next.isSame(identity, columns.compared())) {
        rows.put(last, identity);
      }
      last = full.getKey();
      identity = next;
    }
    return rows.entrySet().stream().map(row -> new Former(row.getKey(), row.getValue())).toList();
  }
}
