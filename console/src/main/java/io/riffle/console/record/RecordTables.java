package io.riffle.console.record;

import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.p;
import static io.riffle.console.html.Html.span;

import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.html.TableOf;
import io.riffle.console.page.Badges;
import io.riffle.console.page.Facts;
import io.riffle.console.page.Words;
import io.riffle.operations.record.Conclusion;
import io.riffle.operations.record.FieldAnswer;
import io.riffle.operations.record.KeyReject;
import io.riffle.operations.record.KeyTrace.Traced;
import io.riffle.operations.record.RecordAnswer;
import io.riffle.operations.record.Setter;
import io.riffle.operations.record.SourceFile;
import io.riffle.operations.record.WaitingField;
import io.riffle.operations.record.Window;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Version;
import java.util.List;
import java.util.Optional;

/** An answer about a record as tables. */
final class RecordTables {
  private static final int MOST_DELIVERIES = 100;

  private final RecordAnswer answer;
  private final boolean values;

  RecordTables(RecordAnswer answer, boolean values) {
    this.answer = answer;
    this.values = values;
  }

  Node node() {
    return answer.isKnown()
        ? div(conclusion(), facts(), fields(), deliveries(), waiting(), rejects())
        : div(
            p(
                cls("notice warn"),
                "Nothing is known of it: it is neither in the tables nor deleted nor parked, nor on"
                    + " the topics."),
            windows());
  }

  private Node conclusion() {
    Conclusion conclusion = Conclusion.of(answer);
    boolean ok = conclusion.verdict().isOk();
    return p(
        Badges.state(conclusion.verdict().name(), ok ? Badges.Kind.GOOD : Badges.Kind.BAD),
        " ",
        conclusion.text());
  }

  private Node facts() {
    return div(
        new Facts()
            .add("Partition", answer.partition())
            .add("Generation", answer.stored().version().map(v -> Words.number(v.generation())))
            .add("Offset", answer.stored().version().map(v -> Words.number(v.offset())))
            .add(
                "Row written (UTC)",
                answer.stored().version().flatMap(v -> v.lastUpdated()).map(Words::time))
            .add("Deleted (UTC)", answer.stored().deleted().map(d -> Words.time(d.at())))
            .add("To merge", Words.number(answer.lag().toMerge()))
            .add("To store", Words.number(answer.lag().toStore()))
            .node(),
        windows());
  }

  private Node windows() {
    TableOf table =
        new TableOf(
            "What was seen of the topics",
            "Topic",
            "#Partition",
            "#From",
            "#To",
            "Since (UTC)",
            "All");
    for (Window window : answer.windows()) {
      table.row(
          window.topic(),
          window.partition(),
          Words.number(window.from()),
          Words.number(window.to()),
          Words.time(window.since()),
          window.isComplete() ? "all there ever were" : window.isCut() ? "cut" : "older are gone");
    }
    return table.node();
  }

  private Node fields() {
    TableOf table =
        new TableOf(
            "Fields", "Row", "Column", "Value", "Standing", "Set by", "File", "#Line", "Note");
    answer.fields().forEach(field -> add(field, table));
    return table.isEmpty() ? Html.none() : table.node();
  }

  private void add(FieldAnswer field, TableOf table) {
    Optional<Setter> setter = field.setBy().map(answer::setter);
    table.row(
        (field.row().kind().text() + " " + field.row().label()).strip(),
        field.column(),
        field.inTable() ? value(field.value()) : Words.NONE,
        standing(field),
        setter.map(this::number).orElse(field.isOfNobody() ? Words.NONE : before()),
        setter.map(RecordTables::file).orElse(Words.NONE),
        setter.map(RecordTables::line).orElse(Words.NONE),
        note(field, setter));
  }

  private static Node standing(FieldAnswer field) {
    Badges.Kind kind =
        switch (field.standing()) {
          case AGREES -> Badges.Kind.GOOD;
          case UNSEEN -> Badges.Kind.QUIET;
          case BEHIND -> Badges.Kind.WARN;
          case CHANGED, DIFFERS -> Badges.Kind.BAD;
        };
    return Badges.state(field.standing().name(), kind);
  }

  private static String note(FieldAnswer field, Optional<Setter> setter) {
    if (field.isOfNobody()) {
      return "no record had it";
    }
    String inherited = field.isInherited() ? "inherited " : "";
    return (inherited + (setter.filter(Setter::isPatch).isPresent() ? "patch" : "")).strip();
  }

  /** That there is one, and nothing else, unless values are shown. */
  private Node value(Optional<String> value) {
    if (value.isEmpty()) {
      return span(cls("masked"), "null");
    }
    return values ? Html.code(value.get()) : span(cls("masked"), "masked");
  }

  private String number(Setter setter) {
    return setter
        .delivery()
        .map(traced -> "#" + (answer.trace().deliveries().indexOf(traced) + 1))
        .orElse(before());
  }

  private String before() {
    return answer.since().map(time -> "before " + Words.time(time)).orElse("not seen");
  }

  private static String file(Setter setter) {
    return setter.file().map(SourceFile::name).orElse(Words.NONE);
  }

  private static String line(Setter setter) {
    return setter
        .delivery()
        .flatMap(traced -> traced.delivery().origin())
        .map(origin -> Words.number(origin.line()))
        .orElse(Words.NONE);
  }

  private Node deliveries() {
    TableOf table =
        new TableOf(
            "Deliveries",
            "##",
            "Delivered (UTC)",
            "Kind",
            "Outcome",
            "Data set",
            "File",
            "#Attempt",
            "#Record",
            "#Line",
            "#Offset");
    List<Traced> all = answer.trace().deliveries();
    for (int i = Math.max(0, all.size() - MOST_DELIVERIES); i < all.size(); i++) {
      add(i + 1, all.get(i), table);
    }
    return table.isEmpty() ? Html.none() : table.node();
  }

  private void add(int number, Traced traced, TableOf table) {
    Optional<Origin> origin = traced.delivery().origin();
    Optional<Version> version = origin.map(Origin::version);
    table.row(
        number,
        Words.time(traced.delivery().time()),
        traced.delivery().word(),
        traced.fate() + (traced.delivery().redriven() ? ", redriven" : ""),
        version.map(RecordTables::dataSet).orElse(Words.NONE),
        version.map(v -> file(answer.setter(v))).orElse(Words.NONE),
        origin.map(o -> Words.number(o.attempt())).orElse(Words.NONE),
        version.map(v -> Words.number(v.record())).orElse(Words.NONE),
        origin.map(o -> Words.number(o.line())).orElse(Words.NONE),
        Words.number(traced.delivery().offset()));
  }

  private static String dataSet(Version version) {
    return Version.toInstant(version.instant()) + "/" + version.feed() + "/" + version.sequence();
  }

  private Node waiting() {
    TableOf table = new TableOf("Parked", "Line", "Column", "Value", "Set by", "File", "#Record");
    for (WaitingField field : answer.waiting()) {
      Setter setter = answer.setter(field.setBy());
      table.row(
          field.line().map(Object::toString).orElse(Words.NONE),
          field.column(),
          value(field.value()),
          number(setter),
          file(setter),
          Words.number(field.setBy().record()));
    }
    return table.isEmpty() ? Html.none() : table.node();
  }

  private Node rejects() {
    TableOf table =
        new TableOf(
            "Rejects", "Reject", "Stage", "Cause", "Status", "#Attempt", "#Record", "#Line");
    for (KeyReject reject : answer.rejects()) {
      table.row(
          Html.a("/rejects/" + reject.id(), Long.toString(reject.id())),
          reject.stage(),
          reject.reason(),
          reject.status(),
          Words.number(reject.attempt()),
          Words.number(reject.record()),
          Words.number(reject.line()));
    }
    return table.isEmpty() ? Html.none() : table.node();
  }
}
