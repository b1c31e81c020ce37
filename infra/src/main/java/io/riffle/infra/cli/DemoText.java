package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.infra.demo.CapturedReport;
import io.riffle.infra.demo.CapturedReport.TableReport;
import io.riffle.infra.demo.DemoReport;
import io.riffle.infra.demo.DemoReport.Backfill;
import io.riffle.infra.demo.DemoReport.TypeReport;
import java.util.Locale;
import java.util.StringJoiner;

/** What {@code riffle demo} prints. */
final class DemoText {

  private DemoText() {}

  /** All of it, for programs. */
  static JsonNode json(DemoReport report) {
    return new ObjectMapper().valueToTree(report);
  }

  /** Of the data sets. */
  static String loaded(DemoReport report) {
    return new StringJoiner("\n\n")
        .add(types(report).toString())
        .add(backfill(report).toString())
        .add(
            inSeconds(
                report.loadedRight() ? "All counts are right" : "COUNTS DIFFER", report.seconds()))
        .toString();
  }

  /** Of the captured sources. */
  static String captured(CapturedReport report) {
    StringJoiner text = new StringJoiner("\n\n").add(tables(report).toString());
    StringJoiner differences = new StringJoiner("\n").setEmptyValue("");
    for (TableReport table : report.tables()) {
      table.differences().forEach(one -> differences.add(table.source() + "." + one));
    }
    if (differences.length() > 0) {
      text.add(differences.toString());
    }
    return text.add(
            inSeconds(
                report.right() ? "Staging equals its sources" : "STAGING DIFFERS",
                report.seconds()))
        .toString();
  }

  private static String inSeconds(String what, double seconds) {
    return String.format(Locale.ROOT, "%s, in %.1f s", what, seconds);
  }

  private static Table types(DemoReport report) {
    Table table =
        new Table("TYPE", "RECORDS IN FILES", "ROWS", "CHILD ROWS", "REJECTS", "RECORDS/S");
    for (TypeReport type : report.types()) {
      table.row(
          type.type(),
          Long.toString(type.records()),
          count(type.rows(), type.expectedRows()),
          count(type.childRows(), type.expectedChildRows()),
          Long.toString(type.rejects()),
          String.format(Locale.ROOT, "%.0f", type.recordsPerSecond()));
    }
    return table;
  }

  /** A wrong count says what it should be. */
  private static String count(long found, long expected) {
    return found == expected ? Long.toString(found) : found + ", NOT " + expected;
  }

  private static Table backfill(DemoReport report) {
    Table table = new Table("TYPE", "CLAIM", "COLUMN", "BEFORE THE BACKFILL", "AFTER");
    for (Backfill field : report.backfill()) {
      table.row(
          field.type(), field.key(), field.column(), text(field.before()), text(field.after()));
    }
    return table;
  }

  private static String text(String value) {
    return value == null ? "null" : value;
  }

  private static Table tables(CapturedReport report) {
    Table table =
        new Table(
            "SOURCE", "TABLE", "CHANGES", "ROWS", "STAGED", "MARKED DELETED", "LAST CHANGE AFTER");
    for (TableReport one : report.tables()) {
      table.row(
          one.source(),
          one.table(),
          Long.toString(one.changes()),
          Long.toString(one.rows()),
          count(one.staged(), one.rows()),
          Long.toString(one.deleted()),
          one.freshness() == null
              ? "reloaded"
              : String.format(Locale.ROOT, "%.2f s", one.freshness()));
    }
    return table;
  }
}
