package io.riffle.sink.write;

import io.riffle.schemas.layout.Layout;
import io.riffle.sink.record.Incoming.Delete;
import io.riffle.sink.record.Incoming.Put;
import io.riffle.sink.record.Incoming.RowChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The changes of one type, folded: merged records are whole rows, so the newest of a key stands for
 * all of them. Sorted by key, which is the order in which the tables' indexes like them.
 */
final class TypeBatch {
  private static final Comparator<RowChange> ORDER =
      Comparator.comparingLong(RowChange::key).thenComparing(change -> change.place().version());

  private final Layout layout;
  private final List<RowChange> all;
  private final List<Put> puts = new ArrayList<>();
  private final List<Delete> deletes = new ArrayList<>();

  TypeBatch(Layout layout, List<RowChange> all) {
    this.layout = layout;
    this.all = all;
    List<RowChange> sorted = new ArrayList<>(all);
    sorted.sort(ORDER);
    for (int i = 0; i < sorted.size(); i++) {
      if (i + 1 == sorted.size() || sorted.get(i + 1).key() != sorted.get(i).key()) {
        sortIn(sorted.get(i));
      }
    }
  }

  private void sortIn(RowChange change) {
    if (change instanceof Put put) {
      puts.add(put);
    } else if (change instanceof Delete delete) {
      deletes.add(delete);
    }
  }

  Layout layout() {
    return layout;
  }

  /** Every change, those folded away included, in the order they came. */
  List<RowChange> all() {
    return all;
  }

  List<Put> puts() {
    return puts;
  }

  List<Delete> deletes() {
    return deletes;
  }
}
