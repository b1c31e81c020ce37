package io.riffle.console.replay;

import static io.riffle.console.html.Html.a;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.p;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.riffle.console.access.Gate;
import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Role;
import io.riffle.console.access.Visitor;
import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.html.TableOf;
import io.riffle.console.page.Ask;
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
import java.util.Optional;
import java.util.function.Function;

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
            "Planned (UTC)");
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
        div(ReplayPage.state(replay), why(ReplayPage.why(replay))),
        replay.mode() + (replay.forced() ? " FORCED" : ""),
        replay.scope(),
        progress(replay),
        Words.number(replay.written()),
        Words.number(replay.kept()),
        Words.number(replay.rejected()),
        div(Words.time(replay.plannedAt()), div(cls("small"), "by " + replay.plannedBy())));
  }

  private static Node progress(ReplayStatus replay) {
    return div(
        Progress.of(replay.done(), replay.planned()),
        replay.rate() > 0
            ? div(cls("small"), Words.rate(replay.rate()) + " records/s")
            : Html.none(),
        replay.left().map(left -> div(cls("small"), Words.duration(left) + " left")));
  }

  private static Node why(String text) {
    return text.isEmpty() ? Html.none() : div(cls("why"), text);
  }

  private void ask(Context context) {
    ask(context, name -> Optional.empty());
  }

  private void ask(Context context, Function<String, Optional<String>> typed) {
    Node content =
        div(
            p(cls("up"), a("/replays", "All replays")),
            p("A plan says what would be read and written. Nothing is changed before it is run."),
            new PlanForm(types, typed).node(Gate.visitor(context)));
    frame.show(context, View.still("Plan a replay", Nav.REPLAYS, content));
  }

  private void plan(Context context) throws SQLException, InterruptedException {
    Visitor visitor = Gate.visitor(context);
    try {
      Planned planned =
          desk.plan(new ReplayForm(new Ask(context)::formText).request(visitor.name()), visitor);
      frame.tell(
          context,
          true,
          "This is the plan; nothing was changed.",
          "/replays/" + planned.status().id());
    } catch (RefusedException e) {
      refuse(context, e);
    }
  }

  /** On the page of the file, or on the form as it was filled in but for keys of records. */
  private void refuse(Context context, RefusedException why) {
    Ask ask = new Ask(context);
    if (ask.formText("page").filter("file"::equals).isPresent()) {
      String key = ask.formText("name").orElse("");
      frame.tell(context, false, why.getMessage(), "/files/show?key=" + Html.encoded(key));
    } else {
      frame.refuse(context, why, "/replays/new");
      ask(context, name -> name.equals("keys") ? Optional.empty() : ask.formText(name));
    }
  }
}
