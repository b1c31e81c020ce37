package io.riffle.infra.cli;

import io.riffle.operations.record.Conclusion;
import io.riffle.operations.record.Delivery;
import io.riffle.operations.record.FieldAnswer;
import io.riffle.operations.record.KeyReject;
import io.riffle.operations.record.KeyTrace.Traced;
import io.riffle.operations.record.MergedImage;
import io.riffle.operations.record.RecordAnswer;
import io.riffle.operations.record.Setter;
import io.riffle.operations.record.StoredRecord.RowVersion;
import io.riffle.operations.record.WaitingField;
import io.riffle.operations.record.Window;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An answer about a record as text for a terminal. */
final class RecordReport {
  private final RecordAnswer answer;
  private final Optional<Integer> line;
  private final int limit;
  private final boolean noValues;
  private final RecordCells cells;

  /**
   * @param line the only line, or year, to show
   * @param limit most deliveries
   * @param noValues neither values nor the key
   */
  RecordReport(RecordAnswer answer, Optional<Integer> line, int limit, boolean noValues) {
    this.answer = answer;
    this.line = line;
    this.limit = limit;
    this.noValues = noValues;
    this.cells = new RecordCells(answer, noValues);
  }

  /** Of a key that was never seen: what was searched. */
  static String unknown(RecordAnswer answer, boolean noValues) {
    String windows =
        answer.windows().stream().map(RecordReport::window).collect(Collectors.joining("; "));
    return "riffle: nothing is known of %s: it is neither in the tables nor deleted nor parked, and not on %s"
        .formatted(name(answer, noValues), windows);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(name(answer, noValues)).append(": ").append(row()).append('\n');
    answer.windows().forEach(w -> text.append("seen: ").append(window(w)).append('\n'));
    text.append(Conclusion.of(answer).verdict()).append(": ").append(Conclusion.of(answer).text());
    part(text, "", deliveries(), !answer.trace().deliveries().isEmpty());
    part(text, "", fields(), !answer.fields().isEmpty());
    part(text, "parked:\n", waiting(), !answer.waiting().isEmpty());
    part(text, "rejects:\n", rejects(), !answer.rejects().isEmpty());
    return text.toString();
  }

  private static void part(StringBuilder text, String title, Table table, boolean there) {
    if (there) {
      text.append("\n\n").append(title).append(table);
    }
  }

  private static String name(RecordAnswer answer, boolean noValues) {
    return answer.key().layout().type()
        + (noValues ? " (key not shown)" : " " + answer.key().number());
  }

  private String row() {
    Optional<String> row = answer.stored().version().map(RecordReport::row).or(this::deleted);
    return row.orElse("no row") + ", partition " + answer.partition();
  }

  private Optional<String> deleted() {
    String by = answer.deleted().map(version -> " by the record " + version.text()).orElse("");
    return answer.stored().deleted().map(deleted -> "deleted at " + deleted.at() + by);
  }

  private static String row(RowVersion version) {
    return "generation %d, offset %d, last updated %s"
        .formatted(
            version.generation(),
            version.offset(),
            version.lastUpdated().map(Instant::toString).orElse("-"));
  }

  private static String window(Window window) {
    String from = window.since().map(time -> ", since " + time).orElse("");
    String before =
        window.isComplete()
            ? ", all there ever were"
            : window.isCut()
                ? "; older ones were not read (--max-bytes, --max-time)"
                : "; older ones are gone";
    return "%s, partition %d, offsets %d to %d%s%s"
        .formatted(window.topic(), window.partition(), window.from(), window.to(), from, before);
  }

  private Table deliveries() {
    Table table =
        new Table(
            "#",
            "DELIVERED",
            "KIND",
            "OUTCOME",
            "DATA SET",
            "FILE",
            "FILE ID",
            "ATTEMPT",
            "RECORD",
            "LINE",
            "OFFSET");
    List<Traced> all = answer.trace().deliveries();
    for (int i = Math.max(0, all.size() - limit); i < all.size(); i++) {
      add(i + 1, all.get(i), table);
    }
    return table;
  }

  private void add(int number, Traced traced, Table table) {
    Delivery delivery = traced.delivery();
    Optional<Origin> origin = delivery.origin();
    Optional<Version> version = origin.map(Origin::version);
    table.row(
        Integer.toString(number),
        delivery.time().toString(),
        delivery.word(),
        traced.fate() + (delivery.redriven() ? ", redriven" : ""),
        version.map(RecordCells::dataSet).orElse("-"),
        version.map(v -> RecordCells.file(answer.setter(v))).orElse("-"),
        origin.map(o -> Long.toString(o.file())).orElse("-"),
        origin.map(o -> Integer.toString(o.attempt())).orElse("-"),
        version.map(v -> Long.toString(v.record())).orElse("-"),
        origin.map(o -> Long.toString(o.line())).orElse("-"),
        Long.toString(delivery.offset()));
  }

  private Table fields() {
    Table table =
        new Table("ROW", "COLUMN", "VALUE", "SET BY", "DATA SET", "FILE", "RECORD", "LINE", "NOTE");
    answer.fields().stream()
        .filter(field -> line.isEmpty() || field.row().isOf(line.get()))
        .forEach(field -> add(field, table));
    return table;
  }

  private void add(FieldAnswer field, Table table) {
    Optional<Setter> setter = field.setBy().map(answer::setter);
    table.row(
        RecordCells.row(field.row()),
        field.column(),
        field.inTable() ? cells.value(field.value()) : "-",
        setter.map(cells::number).orElse(field.isOfNobody() ? "-" : cells.before()),
        field.setBy().map(RecordCells::dataSet).orElse("-"),
        setter.map(RecordCells::file).orElse("-"),
        field.setBy().map(version -> Long.toString(version.record())).orElse("-"),
        setter.map(RecordCells::line).orElse("-"),
        note(field, setter));
  }

  private String note(FieldAnswer field, Optional<Setter> setter) {
    String standing = standing(field);
    String inherited = field.isInherited() ? "inherited " : "";
    String patch = setter.filter(Setter::isPatch).isPresent() ? "patch" : "";
    String origin = field.isOfNobody() ? "no record had it" : (inherited + patch).strip();
    return standing.isEmpty() || origin.isEmpty() ? standing + origin : origin + "; " + standing;
  }

  private String standing(FieldAnswer field) {
    return switch (field.standing()) {
      case AGREES -> "";
      case UNSEEN -> "not seen";
      case CHANGED -> "CHANGED" + (noValues ? "" : ", Riffle wrote " + text(field.written()));
      case BEHIND, DIFFERS ->
          field.standing() + (noValues ? "" : ", the records give " + text(field.delivered()));
    };
  }

  private String text(Optional<MergedImage.Field> field) {
    return field.map(f -> cells.value(f.value())).orElse("no such row");
  }

  private Table waiting() {
    Table table =
        new Table("LINE", "COLUMN", "VALUE", "SET BY", "DATA SET", "FILE", "RECORD", "FILE LINE");
    for (WaitingField field : answer.waiting()) {
      Setter setter = answer.setter(field.setBy());
      table.row(
          field.line().map(Object::toString).orElse("-"),
          field.column(),
          cells.value(field.value()),
          cells.number(setter),
          RecordCells.dataSet(field.setBy()),
          RecordCells.file(setter),
          Long.toString(field.setBy().record()),
          RecordCells.line(setter));
    }
    return table;
  }

  private Table rejects() {
    Table table =
        new Table("ID", "STAGE", "REASON", "STATUS", "FILE ID", "ATTEMPT", "RECORD", "LINE");
    for (KeyReject reject : answer.rejects()) {
      table.row(
          Long.toString(reject.id()),
          reject.stage(),
          reject.reason(),
          reject.status(),
          reject.file().map(Object::toString).orElse("-"),
          Integer.toString(reject.attempt()),
          Long.toString(reject.record()),
          Long.toString(reject.line()));
    }
    return table;
  }
}
