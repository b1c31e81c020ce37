package io.riffle.sink.staging;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The values of one row that the puts of a batch leave, by the table's columns, and which of them
 * are changes. Puts can lack values: those of before the batch stand in the table alone, and some
 * nobody has seen yet.
 */
final class FoldedValues {
  private final Object[] values;

  /** By column, when it got a value that earlier puts of the batch lacked; null elsewhere. */
  private final Long[] late;

  /** Columns, by place, that the puts had no value of, though the source has one. */
  private final BitSet unsent = new BitSet();

  /** Those whose value the table has not got either. */
  private final BitSet unknown = new BitSet();

  /** Columns, by place, whose value was unknown until a reading found it. */
  private final BitSet revealed = new BitSet();

  /** Columns, by place, whose value is of before the row came anew. */
  private final BitSet stale = new BitSet();

  private boolean stored;

  /** Whether what the row was before the batch says what it is. */
  private boolean continued;

  /**
   * A row of which the table knows nothing.
   *
   * @param columns number of columns that come from the source
   */
  FoldedValues(int columns) {
    this.values = new Object[columns];
    this.late = new Long[columns];
    Arrays.fill(values, Absent.ABSENT);
  }

  /** A value of the row's key, which every event has. */
  void key(int at, String text) {
    values[at] = text;
  }

  /**
   * The table has the row.
   *
   * @param lacking columns, by place, that the source has a value of, and the table has not
   */
  void stored(BitSet lacking) {
    stored = true;
    continued = true;
    unknown.or(lacking);
  }

  /** The row comes anew. */
  void renew() {
    continued = false;
    stale.set(0, values.length);
    unknown.clear();
    revealed.clear();
    Arrays.fill(late, null);
  }

  /**
   * Takes a newer put.
   *
   * @param places where in the table each of the put's columns stands
   * @param first whether it is the batch's first of the row, or of the row that came anew: the
   *     table tells whether its values are others
   * @return whether a value is another one, whatever the table has
   */
  boolean take(StagedEvent.Put put, int[] places, boolean first) {
    List<Object> given = put.values();
    boolean differs = false;
    for (int i = 0; i < given.size(); i++) {
      Object value = given.get(i);
      int at = places[i];
      if (value == Absent.ABSENT) {
        lack(at);
      } else {
        differs |=
            (values[at] == Absent.ABSENT || unknown.get(at))
                ? comes(at, value, put, first)
                : !Objects.equals(values[at], value);
        values[at] = value;
        stale.clear(at);
        unsent.clear(at);
      }
    }
    return differs;
  }

  private void lack(int at) {
    if (values[at] == Absent.ABSENT || stale.get(at)) {
      unsent.set(at);
      if (!continued) {
        unknown.set(at);
      }
    }
  }

  /** A value that a reading finds where none was known is the one that the row has had. */
  private boolean comes(int at, Object value, StagedEvent.Put put, boolean first) {
    boolean wasUnknown = unknown.get(at);
    unknown.clear(at);
    if (wasUnknown) {
      revealed.set(at, put.read());
      return !put.read();
    } else if (!stored) {
      return value != null;
    } else if (!first) {
      late[at] = put.at();
    }
    return false;
  }

  /** Whether the source has a value of the row that no event of the batch had. */
  boolean lacks() {
    return !unsent.isEmpty();
  }

  /** Columns, by place, that no put of the batch had a value of, though the source has one. */
  List<Integer> unsent() {
    return unsent.stream().boxed().toList();
  }

  /** Columns, by place, without a value: the table's stays. */
  List<Integer> absent() {
    return places(at -> values[at] == Absent.ABSENT);
  }

  /** Columns, by place, that say nothing of whether the row's first put changed it. */
  List<Integer> apart() {
    return places(at -> values[at] == Absent.ABSENT || late[at] != null || revealed.get(at));
  }

  private List<Integer> places(IntPredicate which) {
    return IntStream.range(0, values.length).filter(which).boxed().toList();
  }

  /**
   * When each column got a value behind puts that lacked it: a change at that time, if the table
   * has another one. By the table's columns, null for the others.
   */
  Long[] late() {
    return late;
  }

  /** By the table's columns: texts, null, or absent. */
  Object[] all() {
    return values;
  }
}
