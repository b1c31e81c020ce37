package io.riffle.infra.demo;

import io.riffle.infra.demo.DemoReport.TypeReport;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.infra.generate.GeneratedFile;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.FileStatus.Totals;
import io.riffle.operations.load.LoadException;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Lines;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Holds what arrived of a data set against what was generated, type by type. */
final class TypeReports {

  private final GenerateRequest request;
  private final List<GeneratedFile> files;
  private final List<FileStatus> ends;
  private final Function<Layout, LoadedRows> tables;

  TypeReports(
      GenerateRequest request,
      List<GeneratedFile> files,
      List<FileStatus> ends,
      Function<Layout, LoadedRows> tables) {
    this.request = request;
    this.files = files;
    this.ends = ends;
    this.tables = tables;
  }

  /**
   * One for each type of the set; the years of persons are one.
   *
   * @throws LoadException when a file did not end COMPLETED
   */
  List<TypeReport> all() throws SQLException {
    List<TypeReport> reports = new ArrayList<>();
    for (Entry entry : request.entries()) {
      reports.add(report(entry));
    }
    return reports;
  }

  private TypeReport report(Entry entry) throws SQLException {
    Layout layout = entry.layout();
    List<GeneratedFile> ofType =
        files.stream().filter(file -> file.type().equals(entry.type())).toList();
    List<Totals> totals = ofType.stream().map(this::end).toList();
    long records = sum(totals, Totals::records);
    double seconds = totals.stream().mapToDouble(Totals::seconds).max().orElse(0);
    long highest = highestKey(layout);
    long lowest = highest - number(layout) + 1;
    return new TypeReport(
        entry.type(),
        records,
        tables.apply(layout).count(lowest, highest),
        expectedRows(layout, ofType),
        tables.apply(layout).countLines(lowest, highest),
        expectedChildRows(layout, ofType),
        sum(totals, Totals::rejected),
        seconds == 0 ? 0 : records / seconds);
  }

  private Totals end(GeneratedFile file) {
    FileStatus end =
        ends.stream()
            .filter(status -> status.file().filter(file.name()::equals).isPresent())
            .findFirst()
            .orElseThrow(() -> new LoadException(file.name() + " is not in the ledger"));
    if (!end.loaded()) {
      throw new LoadException(
          file.name() + " is " + end.state() + end.detail().map(d -> ": " + d).orElse(""));
    }
    return end.totals().orElseThrow();
  }

  private long highestKey(Layout layout) {
    return GenerateRequest.key(isOfPersons(layout) ? request.firstPerson() : request.first());
  }

  private long number(Layout layout) {
    return isOfPersons(layout) ? request.persons() : request.records();
  }

  private static boolean isOfPersons(Layout layout) {
    return layout.lines() == Lines.YEARS || layout.joins().isPresent();
  }

  /** Former identities come from the years of the persons, too. */
  private long expectedRows(Layout layout, List<GeneratedFile> ofType) {
    if (layout.joins().isPresent()) {
      return sum(files, GeneratedFile::formerIdentities);
    }
    return layout.lines() == Lines.YEARS ? number(layout) : sum(ofType, GeneratedFile::records);
  }

  private static long expectedChildRows(Layout layout, List<GeneratedFile> ofType) {
    return switch (layout.lines()) {
      case NONE -> 0;
      case ROWS -> sum(ofType, GeneratedFile::rows);
      case YEARS -> sum(ofType, GeneratedFile::months);
    };
  }

  private static <T> long sum(List<T> parts, ToLongFunction<T> part) {
    return parts.stream().mapToLong(part).sum();
  }
}
