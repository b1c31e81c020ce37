package io.riffle.merge.rule;

import java.util.BitSet;

/**
 * What the rule must know of a layout: how many columns each level has, and which of them every
 * FULL record has.
 */
public final class Shape {
  private final int headerColumns;
  private final int lineColumns;
  private final BitSet requiredOfLine;

  /**
   * @param requiredOfLine indexes of the line columns that every line of a FULL record has, the
   *     line number among them
   */
  public Shape(int headerColumns, int lineColumns, BitSet requiredOfLine) {
    this.headerColumns = headerColumns;
    this.lineColumns = lineColumns;
    this.requiredOfLine = (BitSet) requiredOfLine.clone();
  }

  public int headerColumns() {
    return headerColumns;
  }

  /** 0 for types without lines. */
  public int lineColumns() {
    return lineColumns;
  }

  boolean requiredOfLine(int column) {
    return requiredOfLine.get(column);
  }
}
