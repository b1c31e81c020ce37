package io.riffle.sink.write;

import io.riffle.schemas.layout.Layout;
import io.riffle.sink.record.Incoming.Delete;
import io.riffle.sink.record.Incoming.Put;
import io.riffle.sink.record.Incoming.RowChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The changes of one type, folded: merged records are whole rows, so the newest of a key stands for
 * all of them. Sorted by key, which is the order in which the tables' indexes like them.
 */
final class TypeBatch {
  private final Layout layout;
  private final List<RowChange> all;
  private final List<Put> puts = new ArrayList<>();
  private final List<Delete> deletes = new ArrayList<>();

  TypeBatch(Layout layout, List<RowChange> all) {
    this.layout = layout;
    this.all = all;
    newest(all).values().stream()
        .sorted((a, b) -> Long.compare(a.key(), b.key()))
        .forEach(this::sortIn);
  }

  private static Map<Long, RowChange> newest(List<RowChange> all) {
    Map<Long, RowChange> newest = new HashMap<>();
    for (RowChange change : all) {
      newest.merge(change.key(), change, TypeBatch::newer);
    }
    return newest;
  }

  private static RowChange newer(RowChange a, RowChange b) {
    return a.place().version().compareTo(b.place().version()) > 0 ? a : b;
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
