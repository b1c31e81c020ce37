package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.FileStatus.Totals;
import io.riffle.operations.ledger.LedgerJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Files of the ledger as a table with the reasons below it, or as a JSON array. */
final class FileReport {

  private final List<FileStatus> files;

  FileReport(List<FileStatus> files) {
    this.files = files;
  }

  void print(StackOptions options) {
    System.out.println(options.json() ? json().toString() : table());
  }

  String table() {
    Table table =
        new Table(
            "MANIFEST",
            "FILE",
            "TYPE",
            "STATE",
            "RECORDS",
            "APPLIED",
            "OLDER",
            "DUPLICATE",
            "PARKED",
            "REJECTED",
            "REDRIVEN",
            "RECORDS/S");
    StringBuilder reasons = new StringBuilder();
    boolean several = files.stream().map(FileStatus::manifest).distinct().count() > 1;
    for (FileStatus file : files) {
      table.row(
          file.manifest(),
          file.file().orElse("-"),
          file.type().orElse("-"),
          file.state(),
          number(file, Totals::records),
          number(file, Totals::applied),
          number(file, Totals::older),
          number(file, Totals::duplicate),
          number(file, Totals::parked),
          number(file, Totals::rejected),
          number(file, Totals::redriven),
          file.totals()
              .filter(totals -> file.loaded())
              .map(totals -> String.format(Locale.ROOT, "%.0f", totals.recordsPerSecond()))
              .orElse("-"));
      String place = '\n' + (several ? file.manifest() + ": " : "");
      remark(file).ifPresent(remark -> reasons.append(place).append(remark));
      repeated(file).ifPresent(repeated -> reasons.append(place).append(repeated));
      rejects(file).forEach(reject -> reasons.append(place).append(reject));
    }
    return table.toString() + reasons;
  }

  private static Optional<String> remark(FileStatus file) {
    Optional<String> text =
        file.totals().flatMap(Totals::problem).or(() -> file.detail().or(file::reason));
    return text.map(
        t -> file.state() + file.reason().map(reason -> " (" + reason + ")").orElse("") + ": " + t);
  }

  private static Optional<String> repeated(FileStatus file) {
    return file.totals()
        .filter(totals -> totals.repeatedKeys() > 0)
        .map(totals -> totals.repeatedKeys() + " of " + totals.records() + " records")
        .map(text -> "repeated key: " + file.file().orElse("") + ", " + text)
        .map(text -> text + "; the later one of a key wins");
  }

  private static List<String> rejects(FileStatus file) {
    List<String> lines = new ArrayList<>();
    file.rejects().forEach(reject -> lines.add("rejected: " + file.file().orElse("") + reject));
    long left = file.totals().map(totals -> totals.rejected() - totals.redriven()).orElse(0L);
    long more = left - lines.size();
    if (more > 0 && !lines.isEmpty()) {
      lines.add("and " + more + " more, see riffle rejects");
    }
    return lines;
  }

  private static String number(FileStatus file, ToLongFunction<Totals> which) {
    return file.totals().map(t -> Long.toString(which.applyAsLong(t))).orElse("-");
  }

  ArrayNode json() {
    return LedgerJson.of(files);
  }

  List<FileStatus> files() {
    return files;
  }
}
