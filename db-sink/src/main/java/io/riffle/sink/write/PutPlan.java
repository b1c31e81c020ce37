package io.riffle.sink.write;

import io.riffle.sink.record.Incoming.Put;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be done with the puts of a batch, in view of what the database has. Lists are sorted
 * by key.
 */
final class PutPlan {
  private final List<Put> fresh = new ArrayList<>();
  private final List<Put> changed = new ArrayList<>();
  private final List<Put> childless = new ArrayList<>();
  private final List<Put> rewritten = new ArrayList<>();
  private final List<Put> withChildren = new ArrayList<>();
  private final List<Put> undeleted = new ArrayList<>();
  private final Set<Long> refused = new HashSet<>();
  private final Set<Long> same = new HashSet<>();

  PutPlan(List<Put> puts, Present present, Guard guard) {
    puts.forEach(put -> sortIn(put, present, guard));
  }

  private void sortIn(Put put, Present present, Guard guard) {
    if (present.refuses(put, guard)) {
      refused.add(put.key());
      if (present.isSame(put)) {
        same.add(put.key());
      }
      return;
    }
    if (present.tombstones().containsKey(put.key())) {
      undeleted.add(put);
    }
    (present.hasRow(put) ? changed : fresh).add(put);
    if (!present.hasRow(put) && !present.isStray(put)) {
      childless.add(put);
      withChildren.add(put);
    } else if (!guard.trustsHashes() || !present.hasChildrenOf(put)) {
      rewritten.add(put);
      withChildren.add(put);
    }
  }

  /** Whether nothing is to be written. */
  boolean isEmpty() {
    return fresh.isEmpty() && changed.isEmpty();
  }

  /** Without a row. */
  List<Put> fresh() {
    return fresh;
  }

  /** With an older row. */
  List<Put> changed() {
    return changed;
  }

  /** Those of {@link #fresh} that have no children in the database. */
  List<Put> childless() {
    return childless;
  }

  /** Those that have children in the database, other ones than in the record. */
  List<Put> rewritten() {
    return rewritten;
  }

  /** Those whose children are to be written: childless and rewritten ones. */
  List<Put> withChildren() {
    return withChildren;
  }

  /** Newer than the delete that is remembered for their key. */
  List<Put> undeleted() {
    return undeleted;
  }

  /** Keys whose row, or whose removal, is as new or newer. */
  Set<Long> refused() {
    return refused;
  }

  /** Those of them whose row is of the record itself. */
  Set<Long> same() {
    return same;
  }
}
