package io.riffle.samples.rows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/** Rows of any table. The same draws and number give the same row. */
public final class RowMaker {

  private static final int LINES = 4;

  private final Draws draws;
  private final ValueMaker values;

  /**
   * @param extremes whether values come that not every reader can hold: NaN, infinity, years before
   *     Christ, midnight as 24:00
   */
  public RowMaker(Draws draws, boolean extremes) {
    this.draws = draws;
    this.values = new ValueMaker(extremes);
  }

  /**
   * A whole new row, by column name, as texts or null.
   *
   * @param key number of the row among those of its table, from 1: its key is made of it
   * @param n number of the change, which its time stamps tell
   */
  public Map<String, String> row(TableShape table, long key, long n) {
    SplittableRandom random = draws.random("row of " + table.name(), key);
    Map<String, String> row = new LinkedHashMap<>();
    for (ColumnShape column : table.columns()) {
      row.put(column.name(), values.value(column, n, random));
    }
    row.putAll(key(table, key));
    return row;
  }

  /** The key of the row with that number: numbers count, two of them count lines. */
  public Map<String, String> key(TableShape table, long key) {
    SplittableRandom random = draws.random("key of " + table.name(), key);
    List<ColumnShape> columns = table.key();
    boolean lines = lines(table);
    Map<String, String> values = new LinkedHashMap<>();
    for (ColumnShape column : columns) {
      boolean last = column.keyPosition() == columns.size() - 1;
      values.put(column.name(), part(column, lines, last, key, random));
    }
    return values;
  }

  /** Whether a column of a key has numbers that count. */
  public static boolean counts(ColumnShape column) {
    return column.isWholeNumber();
  }

  /**
   * Number of the last row that a table may have.
   *
   * @param highest value of the first column of its key that counts
   */
  public static long lastKey(TableShape table, long highest) {
    return lines(table) ? highest * LINES : highest;
  }

  private static boolean lines(TableShape table) {
    return table.key().stream().filter(ColumnShape::isWholeNumber).count() > 1;
  }

  private String part(
      ColumnShape column, boolean lines, boolean last, long key, SplittableRandom random) {
    if (column.type().equals("uuid")) {
      return new UUID(random.nextLong(), random.nextLong()).toString();
    }
    if (!column.isWholeNumber()) {
      return values.value(column, key, random);
    }
    if (!lines) {
      return Long.toString(key);
    }
    return Long.toString(last ? (key - 1) % LINES + 1 : (key - 1) / LINES + 1);
  }

  /** A new value of one column. */
  public String value(ColumnShape column, long n, SplittableRandom random) {
    return values.value(column, n, random);
  }
}
