package io.riffle.infra.demo;

import java.util.List;

/**
 * What became of captured sources.
 *
 * @param seconds from the first look at the sources until staging equalled them, or was given up
 */
public record CapturedReport(List<TableReport> tables, double seconds) {

  public CapturedReport {
    tables = List.copyOf(tables);
  }

  /**
   * A table and its staging table.
   *
   * @param rows in the source
   * @param staged rows in staging that are not marked as deleted
   * @param deleted rows in staging that are
   * @param changes of its rows that this run committed
   * @param freshness seconds from the commit of the last change in the source to that in staging;
   *     null for a table without a key, which is read as a whole, and before any change
   * @param differences between the two; empty when they are equal
   */
  public record TableReport(
      String source,
      String table,
      long rows,
      long staged,
      long deleted,
      long changes,
      Double freshness,
      List<String> differences) {

    public TableReport {
      differences = List.copyOf(differences);
    }

    boolean right() {
      return differences.isEmpty() && rows == staged;
    }
  }

  /** Whether every staging table equals its source. */
  public boolean right() {
    return !tables.isEmpty() && tables.stream().allMatch(TableReport::right);
  }
}
