package io.riffle.infra.demo;

import io.riffle.infra.demo.DemoReport.Backfill;
import io.riffle.infra.demo.DemoReport.TypeReport;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.infra.generate.GeneratedFile;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.load.DataSetLoad;
import io.riffle.operations.load.LoadException;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.layout.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Data sets through the whole chain: every type in a layout that lacks some columns, then the
 * {@code _MERGE} sets that fill these columns of older claims. Each run uses keys that the tables
 * do not have yet, so that it can be repeated.
 */
public final class Demo {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Layouts layouts;
  private final DataSetLoad load;
  private final DataSource database;
  private final String tablesSchema;
  private final Consumer<List<FileStatus>> progress;

  public Demo(
      Layouts layouts,
      DataSetLoad load,
      DataSource database,
      String tablesSchema,
      Consumer<List<FileStatus>> progress) {
    this.layouts = layouts;
    this.load = load;
    this.database = database;
    this.tablesSchema = tablesSchema;
    this.progress = progress;
  }

  /**
   * Generates and loads the sets.
   *
   * @param claims CARRIER claims and drug events; a tenth of it of the other types and of persons
   * @param work folder for the generated files
   * @throws LoadException when a file does not end COMPLETED
   */
  public DemoReport run(long claims, long seed, Path work)
      throws IOException, SQLException, InterruptedException {
    long started = System.nanoTime();
    long first = firstFreeRecord();
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    DemoSets sets = new DemoSets(layouts, first, claims, seed, now);

    List<TypeReport> types = new ArrayList<>(load(sets.records(), work));
    List<Backfill> before = backfilledFields(GenerateRequest.key(first));
    types.addAll(load(sets.backfills(), work));
    List<Backfill> after = backfilledFields(GenerateRequest.key(first));

    return new DemoReport(
        types, backfill(before, after), (System.nanoTime() - started) / 1e9, null);
  }

  private long firstFreeRecord() throws SQLException {
    long lowest = 0;
    for (Layout layout : layouts.all()) {
      lowest = Math.min(lowest, rows(layout).lowestKey());
    }
    return Math.max(1, GenerateRequest.record(lowest) + 1);
  }

  private List<TypeReport> load(List<GenerateRequest> requests, Path work)
      throws IOException, SQLException, InterruptedException {
    Map<GenerateRequest, List<GeneratedFile>> generated = new LinkedHashMap<>();
    List<String> manifests = new ArrayList<>();
    for (GenerateRequest request : requests) {
      Path folder = work.resolve("set-" + request.sequence());
      generated.put(request, new DataSetGenerator(request).write(folder));
      manifests.addAll(load.upload(folder));
    }
    List<FileStatus> ends = load.await(manifests, PATIENCE, progress);
    List<TypeReport> reports = new ArrayList<>();
    for (Map.Entry<GenerateRequest, List<GeneratedFile>> set : generated.entrySet()) {
      reports.addAll(new TypeReports(set.getKey(), set.getValue(), ends, this::rows).all());
    }
    return reports;
  }

  /** The fields of a claim that its backfill fills, as they are now. */
  private List<Backfill> backfilledFields(long key) throws SQLException {
    List<Backfill> fields = new ArrayList<>();
    for (String type : DemoSets.BACKFILLED) {
      Layout layout = layouts.get(type);
      rows(layout)
          .fields(key, backfilled(layout, Level.HEADER), backfilled(layout, Level.LINE))
          .forEach(
              (column, value) -> fields.add(new Backfill(type, "" + key, column, value, value)));
    }
    return fields;
  }

  private static List<String> backfilled(Layout layout, Level level) {
    return new Entry(layout, true)
        .backfilledColumns().stream()
            .filter(column -> column.level() == level)
            .map(Column::sqlName)
            .toList();
  }

  private static List<Backfill> backfill(List<Backfill> before, List<Backfill> after) {
    List<Backfill> changes = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      changes.add(after.get(i).since(before.get(i)));
    }
    return changes;
  }

  private LoadedRows rows(Layout layout) {
    return new LoadedRows(database, tablesSchema, layout);
  }
}
