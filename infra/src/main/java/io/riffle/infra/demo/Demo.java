package io.riffle.infra.demo;

import io.riffle.infra.demo.DemoReport.Backfill;
import io.riffle.infra.demo.DemoReport.TypeReport;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.infra.generate.GeneratedFile;
import io.riffle.infra.ledger.FileStatus;
import io.riffle.infra.load.DataSetLoad;
import io.riffle.infra.load.LoadException;
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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Two data sets through the whole chain: claims and drug events in a layout that lacks some
 * columns, then a {@code _MERGE} set that fills these columns of the older claims. Each run uses
 * keys that the tables do not have yet, so that it can be repeated.
 */
public final class Demo {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String BACKFILLED = "CARRIER";

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
   * Generates and loads the two sets.
   *
   * @param claims records of each file
   * @param work folder for the generated files
   * @throws LoadException when a file does not end COMPLETED
   */
  public DemoReport run(long claims, long seed, Path work)
      throws IOException, SQLException, InterruptedException {
    long started = System.nanoTime();
    long first = firstFreeRecord();
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    List<TypeReport> types = new ArrayList<>();

    types.addAll(
        load(List.of("CARRIER", "PDE"), first, claims, seed, now, 1, work.resolve("claims")));
    Map<String, String> before = backfilledFields(first);
    types.addAll(
        load(List.of("CARRIER_MERGE"), first, claims, seed, now, 2, work.resolve("backfill")));

    return new DemoReport(
        types,
        backfill(first, before, backfilledFields(first)),
        (System.nanoTime() - started) / 1e9);
  }

  private long firstFreeRecord() throws SQLException {
    long lowest = 0;
    for (Layout layout : layouts.all()) {
      lowest = Math.min(lowest, rows(layout).lowestKey());
    }
    return Math.max(1, GenerateRequest.record(lowest) + 1);
  }

  private List<TypeReport> load(
      List<String> types,
      long first,
      long records,
      long seed,
      Instant at,
      int sequence,
      Path folder)
      throws IOException, SQLException, InterruptedException {
    List<Entry> entries = types.stream().map(type -> Entry.parse(layouts, type)).toList();
    GenerateRequest request =
        new GenerateRequest(
            entries, first, records, Math.max(1, records / 10), 0, true, seed, at, sequence);
    List<GeneratedFile> files = new DataSetGenerator(request).write(folder);
    List<FileStatus> ends = load.await(load.upload(folder), PATIENCE, progress);
    List<TypeReport> reports = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      reports.add(report(entries.get(i).layout(), files.get(i), end(ends, files.get(i)), first));
    }
    return reports;
  }

  private static FileStatus end(List<FileStatus> ends, GeneratedFile file) {
    FileStatus end =
        ends.stream()
            .filter(status -> status.file().filter(file.name()::equals).isPresent())
            .findFirst()
            .orElseThrow(() -> new LoadException(file.name() + " is not in the ledger"));
    if (!end.loaded()) {
      throw new LoadException(
          file.name() + " is " + end.state() + end.detail().map(d -> ": " + d).orElse(""));
    }
    return end;
  }

  private TypeReport report(Layout layout, GeneratedFile file, FileStatus end, long first)
      throws SQLException {
    FileStatus.Totals totals = end.totals().orElseThrow();
    long highest = GenerateRequest.key(first);
    long lowest = highest - file.records() + 1;
    return new TypeReport(
        file.type(),
        totals.records(),
        rows(layout).count(lowest, highest),
        rows(layout).countLines(lowest, highest),
        layout.hasLines() ? file.rows() : 0,
        totals.rejected(),
        totals.recordsPerSecond());
  }

  private Map<String, String> backfilledFields(long record) throws SQLException {
    Layout layout = layouts.get(BACKFILLED);
    return rows(layout)
        .fields(
            GenerateRequest.key(record),
            backfilled(layout, Level.HEADER),
            backfilled(layout, Level.LINE));
  }

  private static List<String> backfilled(Layout layout, Level level) {
    return new Entry(layout, true)
        .backfilledColumns().stream()
            .filter(column -> column.level() == level)
            .map(Column::sqlName)
            .toList();
  }

  private static List<Backfill> backfill(
      long record, Map<String, String> before, Map<String, String> after) {
    String key = String.valueOf(GenerateRequest.key(record));
    return after.entrySet().stream()
        .map(
            field ->
                new Backfill(
                    BACKFILLED, key, field.getKey(), before.get(field.getKey()), field.getValue()))
        .toList();
  }

  private LoadedRows rows(Layout layout) {
    return new LoadedRows(database, tablesSchema, layout);
  }
}
