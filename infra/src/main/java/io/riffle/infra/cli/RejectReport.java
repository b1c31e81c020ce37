package io.riffle.infra.cli;

import io.riffle.operations.rejects.RejectCause;
import io.riffle.operations.rejects.RejectJson;
import io.riffle.operations.rejects.RejectRow;
import java.util.List;

/** Rejects by cause and one by one, as two tables or one JSON object. */
final class RejectReport {

  private final List<RejectCause> causes;
  private final List<RejectRow> rejects;

  RejectReport(List<RejectCause> causes, List<RejectRow> rejects) {
    this.causes = causes;
    this.rejects = rejects;
  }

  void print(StackOptions options) {
    System.out.println(options.json() ? json() : table());
  }

  private String table() {
    Table byCause = new Table("CAUSE", "TYPE", "STATUS", "REJECTS", "FIRST", "LAST");
    for (RejectCause cause : causes) {
      byCause.row(
          cause.reason(),
          cause.type(),
          cause.status(),
          Long.toString(cause.count()),
          cause.first(),
          cause.last());
    }
    Table each =
        new Table("ID", "STATUS", "CAUSE", "TYPE", "FILE", "LINE", "COLUMN", "ATTEMPT", "NOTE");
    for (RejectRow reject : rejects) {
      each.row(
          text(reject, "id"),
          text(reject, "status"),
          cause(reject),
          text(reject, "type"),
          place(reject),
          text(reject, "at"),
          text(reject, "column"),
          text(reject, "attempt"),
          text(reject, "statusNote"));
    }
    return byCause + "\n\n" + each;
  }

  /** The reason, and the constraint that stands behind it. */
  private static String cause(RejectRow reject) {
    String reason = text(reject, "reason");
    return reject.text("constraint").map(name -> reason + " (" + name + ")").orElse(reason);
  }

  /** The file or, where that is not known, the record on its topic. */
  private static String place(RejectRow reject) {
    return reject
        .text("file")
        .orElseGet(
            () ->
                text(reject, "topic")
                    + "-"
                    + text(reject, "partition")
                    + "@"
                    + text(reject, "offset"));
  }

  private static String text(RejectRow reject, String name) {
    return reject.text(name).orElse("-");
  }

  private String json() {
    return RejectJson.of(causes, rejects).toString();
  }
}
