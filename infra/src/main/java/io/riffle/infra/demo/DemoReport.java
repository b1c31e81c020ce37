package io.riffle.infra.demo;

import java.util.List;

/**
 * What a demo run saw.
 *
 * @param seconds from the first upload to the last COMPLETED
 * @param captured what became of captured sources; null when none were
 */
public record DemoReport(
    List<TypeReport> types, List<Backfill> backfill, double seconds, CapturedReport captured) {

  /**
   * The loaded files of one type.
   *
   * @param records records in the files
   * @param rows rows in Postgres for the files' keys; one for a person, whatever the years
   * @param expectedRows what they should be by what was generated
   * @param childRows rows for their lines, or the months of persons; 0 for types without
   * @param expectedChildRows what they should be by what was generated
   */
  public record TypeReport(
      String type,
      long records,
      long rows,
      long expectedRows,
      long childRows,
      long expectedChildRows,
      long rejects,
      double recordsPerSecond) {

    boolean right() {
      return rejects == 0 && rows == expectedRows && childRows == expectedChildRows;
    }
  }

  /** A column of one claim before and after its {@code _MERGE} record; values are invented. */
  public record Backfill(String type, String key, String column, String before, String after) {

    boolean right() {
      return before == null && after != null;
    }

    /** The change since an earlier look at the same column. */
    Backfill since(Backfill earlier) {
      return new Backfill(type, key, column, earlier.after, after);
    }
  }

  /** The same run, after sources were captured. */
  public DemoReport with(CapturedReport sources) {
    return new DemoReport(types, backfill, seconds, sources);
  }

  /** Whether everything that was done gave what it should. */
  public boolean right() {
    return loadedRight() && (captured == null || captured.right());
  }

  /** Whether every count is what was generated and every backfilled column was filled. */
  public boolean loadedRight() {
    return types.stream().allMatch(TypeReport::right)
        && !backfill.isEmpty()
        && backfill.stream().allMatch(Backfill::right);
  }
}
