package io.riffle.console.replay;

import static io.riffle.console.html.Html.a;
import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.button;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.element;
import static io.riffle.console.html.Html.field;
import static io.riffle.console.html.Html.input;
import static io.riffle.console.html.Html.p;
import static io.riffle.console.html.Html.span;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.riffle.console.access.Gate;
import io.riffle.console.access.Role;
import io.riffle.console.access.Visitor;
import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.html.TableOf;
import io.riffle.console.page.Ask;
import io.riffle.console.page.Forms;
import io.riffle.console.page.Frame;
import io.riffle.console.page.Nav;
import io.riffle.console.page.Progress;
import io.riffle.console.page.View;
import io.riffle.console.page.Words;
import io.riffle.operations.replay.ReplayPlanner.Planned;
import io.riffle.operations.replay.ReplayStatus;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** All replays, and the form of a new plan. */
public final class ReplaysPage {
  static final Duration EVERY = Duration.ofSeconds(2);
  private static final int LIMIT = 50;

  private final ReplayDesk desk;
  private final List<String> types;
  private final Frame frame;
  private final Clock clock;

  public ReplaysPage(ReplayDesk desk, List<String> types, Frame frame, Clock clock) {
    this.desk = desk;
    this.types = List.copyOf(types);
    this.frame = frame;
    this.clock = clock;
  }

  public void addTo(RoutesConfig routes) {
    routes.get("/replays", this::show, Role.VIEWER);
    routes.get("/replays/new", this::ask, Role.OPERATOR);
    routes.post("/replays/plan", this::plan, Role.OPERATOR);
  }

  private void show(Context context) throws SQLException {
    Visitor visitor = Gate.visitor(context);
    TableOf table =
        new TableOf(
            "Replays, newest first",
            "#Replay",
            "State",
            "Mode",
            "Scope",
            "Progress",
            "#Written",
            "#Kept",
            "#Rejected",
            "#Rate/s",
            "Left",
            "Planned by",
            "Planned (UTC)",
            "Why");
    desk.ledger().list(LIMIT).forEach(replay -> add(replay, table));
    Node content =
        div(
            visitor.role().may(Role.OPERATOR)
                ? p(a("/replays/new", cls("button"), "Plan a replay …"))
                : "",
            table.isEmpty() ? p(cls("empty"), "Nothing was ever replayed.") : table.node());
    frame.show(context, View.live("Replay", Nav.REPLAYS, clock.instant(), EVERY, content));
  }

  private static void add(ReplayStatus replay, TableOf table) {
    table.row(
        a("/replays/" + replay.id(), Long.toString(replay.id())),
        ReplayPage.state(replay),
        replay.mode() + (replay.forced() ? " FORCED" : ""),
        replay.scope(),
        Progress.of(replay.done(), replay.planned()),
        Words.number(replay.written()),
        Words.number(replay.kept()),
        Words.number(replay.rejected()),
        replay.rate() > 0 ? Words.rate(replay.rate()) : Words.NONE,
        Words.duration(replay.left()),
        replay.plannedBy(),
        Words.time(replay.plannedAt()),
        ReplayPage.why(replay));
  }

  private void ask(Context context) {
    Visitor visitor = Gate.visitor(context);
    Node content =
        div(
            p(cls("up"), a("/replays", "All replays")),
            p("A plan says what would be read and written. Nothing is changed before it is run."),
            Forms.post(
                visitor,
                Role.OPERATOR,
                "/replays/plan",
                cls("stacked"),
                what(),
                start(),
                how(),
                div(cls("actions"), button(cls("primary"), "Make a plan"))));
    frame.show(context, View.still("Plan a replay", Nav.REPLAYS, content));
  }

  private Node what() {
    return element(
        "fieldset",
        element("legend", "What"),
        radio("what", "table", "a table of record, with those that belong to it", true),
        radio("what", "topic", "a merged topic", false),
        radio("what", "file", "what a file delivered", false),
        radio("what", "keys", "some records", false),
        field(
            "Name of the table or topic, or key of the file",
            attr("name", "name"),
            attr("autocomplete", "off")),
        Html.select("Type, of records", "type", types, ""),
        field("Keys, with commas", attr("name", "keys"), attr("autocomplete", "off")));
  }

  private static Node start() {
    return element(
        "fieldset",
        element("legend", "From where (tables and topics)"),
        radio("from", "", "the beginning", true),
        radio("from", "offset", "an offset: 1200, or 0:1200,1:900 by partition", false),
        radio("from", "datetime", "a time, UTC: 2026-11-20T10:00:00.000", false),
        radio("from", "duration", "so long ago: 24h, PT1H, 7d", false),
        field("Start", attr("name", "start"), attr("autocomplete", "off")));
  }

  private static Node how() {
    return element(
        "fieldset",
        element("legend", "How"),
        radio("mode", "merge", "merge: in place, missing rows come back", true),
        radio(
            "mode",
            "rebuild",
            "rebuild: new tables that take the place of the present ones",
            false),
        radio("mode", "reingest", "reingest: read the file from S3 once more", false),
        element(
            "label",
            cls("inline"),
            input(attr("type", "checkbox"), attr("name", "force"), attr("value", "yes")),
            span("write rows of the same version again, too: what was changed by hand")));
  }

  private static Node radio(String name, String value, String text, boolean chosen) {
    return div(
        element(
            "label",
            cls("inline"),
            input(
                attr("type", "radio"),
                attr("name", name),
                attr("value", value),
                Html.flag("checked", chosen)),
            span(text)));
  }

  private void plan(Context context) throws SQLException, InterruptedException {
    Visitor visitor = Gate.visitor(context);
    Planned planned =
        desk.plan(new ReplayForm(new Ask(context)::formText).request(visitor.name()), visitor);
    frame.tell(
        context,
        true,
        "This is the plan; nothing was changed.",
        "/replays/" + planned.status().id());
  }
}
