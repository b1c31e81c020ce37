package io.riffle.infra.demo;

import java.util.List;

/**
 * What a demo run saw.
 *
 * @param seconds from the first upload to the last COMPLETED
 */
public record DemoReport(List<TypeReport> types, List<Backfill> backfill, double seconds) {

  /**
   * One loaded file.
   *
   * @param records records in the file
   * @param rows rows in Postgres for the file's keys
   * @param lineRows line rows in Postgres for the file's keys
   * @param expectedLineRows line rows that the generator wrote; 0 for types without lines
   */
  public record TypeReport(
      String type,
      long records,
      long rows,
      long lineRows,
      long expectedLineRows,
      long rejects,
      double recordsPerSecond) {

    boolean right() {
      return rejects == 0 && rows == records && lineRows == expectedLineRows;
    }
  }

  /** A column of one claim before and after its {@code _MERGE} record; values are invented. */
  public record Backfill(String type, String key, String column, String before, String after) {

    boolean right() {
      return before == null && after != null;
    }
  }

  /** Whether every count is what was generated and every backfilled column was filled. */
  public boolean right() {
    return types.stream().allMatch(TypeReport::right)
        && !backfill.isEmpty()
        && backfill.stream().allMatch(Backfill::right);
  }
}
