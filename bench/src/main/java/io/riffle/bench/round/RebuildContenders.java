package io.riffle.bench.round;

import io.riffle.bench.chain.BenchChain;
import io.riffle.bench.chain.Database;
import io.riffle.bench.copy.BareCopy;
import io.riffle.bench.data.TypeTables;
import io.riffle.bench.load.TableCheck;
import io.riffle.bench.meter.Meter;
import io.riffle.operations.load.LoadException;
import io.riffle.operations.site.Endpoints;
import io.riffle.sink.rebuild.Step;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A rebuild of a type's tables from its merged topic, and bare COPY of the rows that it makes. What
 * an earlier bench has left on the topic is rebuilt, too, and copied.
 */
final class RebuildContenders {

  static final String REBUILD = "rebuild";

  private final Database database;
  private final TypeTables tables;
  private final PlannedRebuild rebuild;
  private final BareCopy copy;
  private final Meter meter;
  private final Rest rest;
  private final Measurement load;
  private final Map<String, Long> rows;

  /**
   * Runs a first rebuild, which does not count, and takes the rows for COPY from it.
   *
   * @param load of the type's tables, as they are now
   * @throws LoadException when the tables have fewer rows then
   */
  RebuildContenders(BenchChain chain, RoundPlan plan, Meter meter, Measurement load)
      throws IOException, SQLException, InterruptedException {
    this.database = chain.database();
    this.tables = new TypeTables(plan.layouts(), plan.layout());
    this.rebuild = new PlannedRebuild(chain.endpoints(), plan.layout());
    this.copy =
        new BareCopy(
            database, Endpoints.TABLES_SCHEMA, tables, chain.work().resolve("table-layout"));
    this.meter = meter;
    this.rest = new Rest(database, meter);
    this.load = load;
    rebuild.plan();
    rebuild.run((planned, done, scanned) -> {});
    rebuild.drop();
    this.rows = rows();
    requireAll();
    copy.export();
  }

  private Map<String, Long> rows() throws SQLException {
    Map<String, Long> found = new LinkedHashMap<>();
    for (String table : tables.filled()) {
      String name = Endpoints.TABLES_SCHEMA + "." + table;
      found.put(table, database.number("SELECT count(*) FROM " + name));
    }
    return found;
  }

  private void requireAll() {
    if (records() < load.records() || allRows() < load.rows()) {
      throw new LoadException(
          "of " + load.rows() + " rows that were loaded, " + allRows() + " were rebuilt");
    }
  }

  private long records() {
    return rows.values().iterator().next();
  }

  private long allRows() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }

  /** One of each. */
  RebuildRound round() throws IOException, SQLException, InterruptedException {
    rebuild.plan();
    rest.before(records());
    StepClock clock = new StepClock();
    Measurement rebuilt = measure(REBUILD, () -> rebuild.run(clock));
    Map<Step, Double> steps = clock.seconds();
    TableCheck.require(database, Endpoints.TABLES_SCHEMA, rows);
    rebuild.drop();
    copy.prepare();
    rest.before(records());
    Measurement copied = measure(Contenders.COPY, copy::run);
    TableCheck.require(database, BareCopy.SCHEMA, rows);
    copy.drop();
    return new RebuildRound(rebuilt, steps, copied);
  }

  /** What a contender does while the clock runs. */
  private interface Work {
    void run() throws IOException, SQLException, InterruptedException;
  }

  private Measurement measure(String contender, Work work)
      throws IOException, SQLException, InterruptedException {
    Meter.Reading reading = meter.begin();
    long begin = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Measurement(contender, records(), allRows(), load.bytes(), seconds, reading.end());
  }
}
