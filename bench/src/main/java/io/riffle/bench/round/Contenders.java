package io.riffle.bench.round;

import io.riffle.bench.chain.BenchChain;
import io.riffle.bench.chain.Database;
import io.riffle.bench.copy.BareCopy;
import io.riffle.bench.data.DataSet;
import io.riffle.bench.data.DataSets;
import io.riffle.bench.data.RoundData;
import io.riffle.bench.data.TypeTables;
import io.riffle.bench.load.ChainLoad;
import io.riffle.bench.load.TableCheck;
import io.riffle.bench.meter.Meter;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Level;
import io.riffle.schemas.layout.Lines;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The contenders, each with what has to be done before its clock starts. All write into empty
 * tables, but the backfill, which changes what the load before it has written; before each of them
 * the services come to rest, files are written back and Postgres makes a checkpoint.
 */
final class Contenders {

  static final String COPY = "bare COPY";
  static final String LOAD = "Riffle";
  static final String MERGE = "Riffle _MERGE";

  private final Layout layout;
  private final Database database;
  private final DataSets data;
  private final TypeTables tables;
  private final ChainLoad chainLoad;
  private final BareCopy copy;
  private final Meter meter;
  private final Rest rest;

  Contenders(BenchChain chain, RoundPlan plan, Meter meter) throws IOException, SQLException {
    this.layout = plan.layout();
    this.database = chain.database();
    this.data = new DataSets(chain, plan.layouts(), layout, plan.lines());
    this.tables = new TypeTables(plan.layouts(), layout);
    this.chainLoad = new ChainLoad(chain);
    this.copy =
        new BareCopy(
            database, Endpoints.TABLES_SCHEMA, tables, chain.work().resolve("table-layout"));
    this.meter = meter;
    this.rest = new Rest(database, meter);
  }

  /** A round of all contenders: the load, its backfill, and COPY of what was loaded. */
  RoundResult round(long records) throws IOException, SQLException, InterruptedException {
    RoundData round = prepare(records, true);
    Measurement load = load(round);
    copy.export();
    Optional<Measurement> merge = merge(round);
    empty(); // what a backfill leaves behind would be vacuumed at the cost of COPY
    Measurement bare = copy(round);
    forget(round);
    return new RoundResult(load, merge, bare);
  }

  /** A round of the load alone. */
  Measurement loadOnly(long records) throws IOException, SQLException, InterruptedException {
    RoundData round = prepare(records, false);
    Measurement load = load(round);
    forget(round);
    return load;
  }

  /** Data that is in S3, and empty tables. */
  RoundData prepare(long records, boolean merge)
      throws IOException, SQLException, InterruptedException {
    RoundData round = data.round(records, merge);
    empty();
    for (DataSet set : all(round)) {
      chainLoad.upload(set);
    }
    if (round.before().isPresent()) {
      chainLoad.run(round.before().get());
    }
    return round;
  }

  private void empty() throws SQLException {
    for (String table : tables.emptied()) {
      database.execute("TRUNCATE " + Endpoints.TABLES_SCHEMA + "." + table);
    }
  }

  /** From the manifest in S3 to the last row. */
  Measurement load(RoundData round) throws IOException, SQLException, InterruptedException {
    rest.before(round.full().records());
    Meter.Reading reading = meter.begin();
    double seconds = chainLoad.run(round.full());
    Measurement load = measurement(LOAD, round, seconds, reading);
    TableCheck.require(database, Endpoints.TABLES_SCHEMA, round.rows());
    return load;
  }

  /** Of a round that is loaded; empty for a type without. */
  Optional<Measurement> merge(RoundData round)
      throws IOException, SQLException, InterruptedException {
    if (round.merge().isEmpty()) {
      return Optional.empty();
    }
    DataSet set = round.merge().get();
    rest.before(round.full().records());
    Meter.Reading reading = meter.begin();
    double seconds = chainLoad.run(set);
    Measurement merge =
        new Measurement(
            MERGE, set.records(), round.tableRows(), set.bytes(), seconds, reading.end());
    TableCheck.require(database, Endpoints.TABLES_SCHEMA, rowsThatStay(round));
    requireBackfilled(round);
    return Optional.of(merge);
  }

  private Measurement copy(RoundData round) throws IOException, SQLException, InterruptedException {
    copy.prepare();
    rest.before(round.full().records());
    Meter.Reading reading = meter.begin();
    double seconds = copy.run();
    Measurement bare = measurement(COPY, round, seconds, reading);
    TableCheck.require(database, BareCopy.SCHEMA, round.rows());
    return bare;
  }

  private static Measurement measurement(
      String contender, RoundData round, double seconds, Meter.Reading reading) {
    DataSet full = round.full();
    return new Measurement(
        contender, full.records(), round.tableRows(), full.bytes(), seconds, reading.end());
  }

  /** A backfill changes rows, but it also fills months of persons that had none. */
  private Map<String, Long> rowsThatStay(RoundData round) {
    String records = layout.headerTable();
    return layout.lines() == Lines.YEARS
        ? Map.of(records, round.rows().get(records))
        : round.rows();
  }

  /** A generated backfill leaves no column empty; that of persons' months depends on the month. */
  private void requireBackfilled(RoundData round) throws SQLException {
    for (Column column : new Entry(layout, true).backfilledColumns()) {
      String table =
          column.level() == Level.LINE ? layout.lineTable().orElseThrow() : layout.headerTable();
      if (layout.lines() != Lines.YEARS && column.stored()) {
        TableCheck.requireFilled(
            database, Endpoints.TABLES_SCHEMA, table, column.sqlName(), round.rows().get(table));
      }
    }
  }

  void forget(RoundData round) {
    all(round).forEach(chainLoad::delete);
  }

  private static List<DataSet> all(RoundData round) {
    return Stream.of(round.before(), Optional.of(round.full()), round.merge())
        .flatMap(Optional::stream)
        .toList();
  }
}
