package io.riffle.infra.sources;

import io.riffle.operations.site.Endpoints;
import io.riffle.samples.SampleSource;
import io.riffle.samples.change.ChangePlan;
import io.riffle.samples.change.ChangeReport;
import io.riffle.samples.change.ChangeWriter;
import java.sql.SQLException;
import java.util.Map;

/**
 * What {@code riffle generate cdc} does to a source.
 *
 * @param rows of the main tables of a source that has no tables yet
 * @param changes to write then
 * @param plan whose table to truncate may be another source's
 * @param reset whether the source is made anew
 */
public record SourceRun(long rows, long changes, ChangePlan plan, boolean reset) {

  /**
   * What was done.
   *
   * @param filled rows by table; empty when the source was there
   */
  public record Result(
      String source,
      String database,
      String jdbcUrl,
      Map<String, Long> filled,
      ChangeReport changed) {}

  /**
   * Makes and fills the source, unless it is there, and changes it.
   *
   * @throws SQLException when the server refuses anything
   */
  public Result on(Endpoints endpoints, SampleSource source)
      throws SQLException, InterruptedException {
    SourceDatabase database = new SourceDatabase(endpoints, source.id());
    if (reset) {
      database.drop();
    }
    database.create();
    Map<String, Long> filled = Map.of();
    if (!source.isIn(database.dataSource())) {
      source.create(database.dataSource());
      filled = source.fill(database.dataSource(), plan.seed(), rows);
    }
    try (ChangeWriter writer = ChangeWriter.open(database.dataSource(), source, planOf(source))) {
      ChangeReport changed = writer.write(changes);
      return new Result(source.id(), database.name(), database.jdbcUrl(), filled, changed);
    }
  }

  private ChangePlan planOf(SampleSource source) {
    return plan.truncate().filter(table -> !source.tables().contains(table)).isPresent()
        ? plan.withoutTruncate()
        : plan;
  }
}
