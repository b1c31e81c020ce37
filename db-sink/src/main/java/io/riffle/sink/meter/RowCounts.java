package io.riffle.sink.meter;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What became of the records of one transaction, by table. For one thread. */
public final class RowCounts {
  /** What a record asks for. */
  public enum Op {
    UPSERT,
    DELETE,
    /** Of a record that is rejected nobody asks it. */
    UNKNOWN
  }

  /** What became of it. */
  public enum Result {
    APPLIED,
    /** The row, or its removal, is newer. */
    OLDER,
    /** The row, or its removal, is of this very record. */
    DUPLICATE,
    REJECT
  }

  private final Map<String, OfTable> tables = new TreeMap<>();

  /** The counts of one table. */
  public OfTable of(String table) {
    return tables.computeIfAbsent(table, added -> new OfTable());
  }

  void forEach(Visitor visitor) {
    tables.forEach((table, counts) -> counts.forEach(table, visitor));
  }

  /** Takes every count. */
  interface Visitor {
    void take(String table, Op op, Result result, long count);
  }

  /** The counts of one table. */
  public static final class OfTable {
    /** Counts are arrays of one, which need no new object for each record. */
    private final Map<Op, Map<Result, long[]>> counts = new EnumMap<>(Op.class);

    /** Counts a record. */
    public void count(Op op, Result result) {
      add(op, result, 1);
    }

    /** Counts several. */
    public void add(Op op, Result result, long records) {
      counts.computeIfAbsent(op, added -> new EnumMap<>(Result.class))
              .computeIfAbsent(result, added -> new long[1])[0] +=
          records;
    }

    private void forEach(String table, Visitor visitor) {
      counts.forEach(
          (op, results) ->
              results.forEach((result, count) -> visitor.take(table, op, result, count[0])));
    }
  }
}
