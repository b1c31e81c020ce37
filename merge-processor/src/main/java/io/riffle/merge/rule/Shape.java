package io.riffle.merge.rule;

import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the rule must know of a layout: how many columns each level has, which of them every FULL
 * record has, and for persons what makes an identity.
 */
public final class Shape {
  private final int headerColumns;
  private final int lineColumns;
  private final BitSet requiredOfLine;
  private final OptionalInt year;
  private final Optional<IdentityColumns> identity;

  private Shape(
      int headerColumns,
      int lineColumns,
      BitSet requiredOfLine,
      OptionalInt year,
      Optional<IdentityColumns> identity) {
    this.headerColumns = headerColumns;
    this.lineColumns = lineColumns;
    this.requiredOfLine = (BitSet) requiredOfLine.clone();
    this.year = year;
    this.identity = identity;
  }

  /**
   * A type whose newest FULL record decides about the lines.
   *
   * @param requiredOfLine indexes of the line columns that every line of a FULL record has, the
   *     line number among them
   */
  public Shape(int headerColumns, int lineColumns, BitSet requiredOfLine) {
    this(headerColumns, lineColumns, requiredOfLine, OptionalInt.empty(), Optional.empty());
  }

  /**
   * A type whose lines are years: they accumulate, and no column of theirs is required.
   *
   * @param year index of the line column that has the year, which is no field
   */
  public static Shape ofYears(
      int headerColumns, int lineColumns, int year, Optional<IdentityColumns> identity) {
    return new Shape(headerColumns, lineColumns, new BitSet(), OptionalInt.of(year), identity);
  }

  public int headerColumns() {
    return headerColumns;
  }

  /** 0 for types without lines. */
  public int lineColumns() {
    return lineColumns;
  }

  /** Whether lines are years, which do not touch each other. */
  public boolean years() {
    return year.isPresent();
  }

  /** Whether a line column is the year, which every line has and no record brings. */
  public boolean isYear(int column) {
    return year.isPresent() && year.getAsInt() == column;
  }

  /** Of types with a history. */
  public Optional<IdentityColumns> identity() {
    return identity;
  }

  boolean requiredOfLine(int column) {
    return requiredOfLine.get(column);
  }
}
