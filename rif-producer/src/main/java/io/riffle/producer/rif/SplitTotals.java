package io.riffle.producer.rif;

/**
 * What a split had.
 *
 * @param records accepted records, deletes included
 * @param rows rows of accepted records
 * @param rejected rejected records
 * @param rejectedRows rows of rejected records
 */
public record SplitTotals(long records, long rows, long rejected, long rejectedRows) {

  /** Records of the split as the planner counted them. */
  public long allRecords() {
    return records + rejected;
  }

  /** Rows of the split as the planner counted them. */
  public long allRows() {
    return rows + rejectedRows;
  }
}
