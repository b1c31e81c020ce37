package io.riffle.console.rejects;

import static io.riffle.console.html.Html.a;
import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.button;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.field;
import static io.riffle.console.html.Html.flag;
import static io.riffle.console.html.Html.form;
import static io.riffle.console.html.Html.input;
import static io.riffle.console.html.Html.p;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.riffle.console.access.Gate;
import io.riffle.console.access.Role;
import io.riffle.console.access.Visitor;
import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.html.TableOf;
import io.riffle.console.page.Ask;
import io.riffle.console.page.Badges;
import io.riffle.console.page.Forms;
import io.riffle.console.page.Frame;
import io.riffle.console.page.Nav;
import io.riffle.console.page.View;
import io.riffle.console.page.Words;
import io.riffle.console.runbook.Runbook;
import io.riffle.operations.rejects.RejectCause;
import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.RejectLedger;
import io.riffle.operations.rejects.RejectRow;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rejects by cause and one by one; redrive and discard. */
public final class RejectsPage {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  private final RejectDesk desk;
  private final Frame frame;
  private final Clock clock;

  public RejectsPage(RejectDesk desk, Frame frame, Clock clock) {
    this.desk = desk;
    this.frame = frame;
    this.clock = clock;
  }

  public void addTo(RoutesConfig routes) {
    routes.get("/rejects", this::show, Role.VIEWER);
  }

  private void show(Context context) throws SQLException {
    show(context, RejectAsk.of(new Ask(context)));
  }

  /** With what somebody selected and typed before, when a form was refused. */
  void show(Context context, RejectAsk asked) throws SQLException {
    RejectLedger ledger = desk.ledger();
    Instant now = clock.instant();
    int limit = new Ask(context).limit("limit", USUAL, MOST);
    RejectFilter meant = asked.filter(now);
    List<RejectRow> rows = ledger.list(meant, asked.before(), limit);
    Visitor visitor = Gate.visitor(context);
    Node content =
        div(
            filter(asked),
            causes(ledger.causes(meant), asked, now, visitor),
            rows.isEmpty()
                ? p(cls("empty"), "No reject is like that.")
                : each(rows, asked, context, visitor),
            pages(rows, limit, asked));
    frame.show(context, View.live("Rejects", Nav.REJECTS, now, EVERY, content));
  }

  private static Node filter(RejectAsk asked) {
    return form(
        cls("filter"),
        attr("method", "get"),
        attr("action", "/rejects"),
        Html.select("Status", "status", RejectAsk.STATUSES, asked.status()),
        field("Cause", attr("name", "cause"), attr("value", asked.cause().orElse(""))),
        field("Type", attr("name", "type"), attr("value", asked.type().orElse(""))),
        field(
            "Since (24h, 7d, a time)",
            attr("name", "since"),
            attr("size", "20"),
            attr("value", asked.since().orElse(""))),
        field(
            "File, or begin of a manifest's key",
            attr("name", "file"),
            attr("size", "36"),
            attr("value", asked.file().orElse(""))),
        button("Show"));
  }

  private static Node causes(
      List<RejectCause> causes, RejectAsk asked, Instant now, Visitor visitor) {
    TableOf table =
        new TableOf(
            "By cause",
            "Cause",
            "Runbook",
            "Type",
            "Status",
            "#Rejects",
            "First (UTC)",
            "Last (UTC)",
            "");
    for (RejectCause cause : causes) {
      table.row(
          a(asked.with(cause).address(), cause.reason()),
          Runbook.knows(cause.reason()) ? Runbook.link(cause.reason(), "What to do") : Words.NONE,
          cause.type(),
          status(cause.status()),
          Words.number(cause.count()),
          Words.time(cause.first()),
          Words.time(cause.last()),
          cause.status().equals("OPEN") ? redriveAll(cause, asked, now, visitor) : "");
    }
    return table.isEmpty() ? Html.none() : table.node();
  }

  /** All that are counted in the line, and no others. */
  private static Node redriveAll(RejectCause cause, RejectAsk asked, Instant now, Visitor visitor) {
    Optional<String> file = asked.file();
    return Forms.post(
        visitor,
        Role.OPERATOR,
        "/rejects/redrive",
        asked.hidden(),
        Forms.hidden("cause", cause.reason()),
        Forms.hidden("type", cause.type()),
        file.map(key -> Forms.hidden("file", key)),
        asked.since(now).map(since -> Forms.hidden("since", since.toString())),
        button(
            attr(
                "data-confirm",
                "Redrive all open rejects of "
                    + cause.type()
                    + " because of "
                    + cause.reason()
                    + file.map(key -> " in " + key).orElse(" in all files")
                    + asked.since().map(since -> " since " + since).orElse("")
                    + "?"),
            "Redrive all"));
  }

  static Node status(String status) {
    return Badges.state(
        status,
        switch (status) {
          case "OPEN" -> Badges.Kind.WARN;
          case "REDRIVING" -> Badges.Kind.BUSY;
          case "REDRIVEN" -> Badges.Kind.GOOD;
          default -> Badges.Kind.QUIET;
        });
  }

  private static Optional<Node> pages(List<RejectRow> rows, int limit, RejectAsk asked) {
    Optional<Node> newest =
        asked.before().map(before -> a(asked.addressBefore(Optional.empty()), "Newest"));
    Optional<Node> older =
        rows.size() < limit
            ? Optional.empty()
            : Optional.of(a(asked.addressBefore(Optional.of(last(rows))), "Older"));
    return newest.isEmpty() && older.isEmpty()
        ? Optional.empty()
        : Optional.of(p(newest, " ", older));
  }

  private static long last(List<RejectRow> rows) {
    return Long.parseLong(text(rows.get(rows.size() - 1), "id"));
  }

  private static Node each(
      List<RejectRow> rows, RejectAsk asked, Context context, Visitor visitor) {
    Set<String> selected = Set.copyOf(context.formParams("id"));
    boolean acts = visitor.role().may(Role.OPERATOR);
    TableOf table =
        new TableOf(
            "One by one, newest first",
            "Reject",
            "",
            "Status",
            "Cause",
            "Type",
            "Where",
            "#Line",
            "Column",
            "#Attempt",
            "Rejected (UTC)",
            "Note");
    rows.forEach(row -> add(row, acts, selected, table));
    if (!acts) {
      return table.node();
    }
    return Forms.post(
        visitor,
        Role.OPERATOR,
        "/rejects/redrive",
        asked.hidden(),
        table.node(),
        div(
            cls("actions"),
            Html.element(
                "label",
                cls("inline"),
                input(attr("type", "checkbox"), attr("data-all", "id")),
                Html.span("all of this page")),
            // first, so that the return key in the reason is about discarding, which asks
            field(
                "Reason (no values)",
                attr("name", "reason"),
                attr("value", new Ask(context).formText("reason").orElse("")),
                attr("size", "40"),
                attr("maxlength", "1000")),
            button(
                cls("danger"),
                attr("formaction", "/rejects/discard"),
                attr("data-confirm", "Give the selected rejects up? Nothing takes them up again."),
                "Discard selected"),
            button(cls("primary"), "Redrive selected")));
  }

  private static void add(RejectRow row, boolean acts, Set<String> selected, TableOf table) {
    String id = text(row, "id");
    boolean open = text(row, "status").equals("OPEN");
    table.row(
        a("/rejects/" + id, id),
        acts && open
            ? input(
                attr("type", "checkbox"),
                attr("name", "id"),
                attr("value", id),
                flag("checked", selected.contains(id)),
                attr("aria-label", "select reject " + id))
            : "",
        status(text(row, "status")),
        div(
            Runbook.link(text(row, "reason"), text(row, "reason")),
            row.text("constraint").map(name -> " (" + name + ")")),
        text(row, "type"),
        place(row),
        row.text("at").orElse(Words.NONE),
        row.text("column").orElse(Words.NONE),
        row.text("attempt").orElse(Words.NONE),
        row.text("rejectedAt").map(Words::time).orElse(""),
        row.text("statusNote").orElse(""));
  }

  /** The file or, where that is not known, the record on its topic. */
  static String place(RejectRow row) {
    return row.text("file")
        .orElseGet(
            () -> text(row, "topic") + "-" + text(row, "partition") + "@" + text(row, "offset"));
  }

  static String text(RejectRow row, String name) {
    return row.text(name).orElse(Words.NONE);
  }
}
