package io.riffle.console.replay;

import static io.riffle.console.html.Html.a;
import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.button;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.element;
import static io.riffle.console.html.Html.h2;
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
import io.riffle.console.page.Badges;
import io.riffle.console.page.Facts;
import io.riffle.console.page.Forms;
import io.riffle.console.page.Frame;
import io.riffle.console.page.Nav;
import io.riffle.console.page.Progress;
import io.riffle.console.page.View;
import io.riffle.console.page.Words;
import io.riffle.operations.replay.Estimate;
import io.riffle.operations.replay.PlanAdvice;
import io.riffle.operations.replay.PlannedRange;
import io.riffle.operations.replay.ReplayMode;
import io.riffle.operations.replay.ReplayPlanner.Planned;
import io.riffle.operations.replay.ReplayStatus;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** One replay: its plan to be looked at, its run to be watched. */
public final class ReplayPage {
  private final ReplayDesk desk;
  private final Frame frame;
  private final Clock clock;

  public ReplayPage(ReplayDesk desk, Frame frame, Clock clock) {
    this.desk = desk;
    this.frame = frame;
    this.clock = clock;
  }

  public void addTo(RoutesConfig routes) {
    routes.get("/replays/{id}", this::show, Role.VIEWER);
    routes.post("/replays/{id}/run", this::run, Role.OPERATOR);
    routes.post("/replays/{id}/cancel", this::cancel, Role.OPERATOR);
  }

  static Node state(ReplayStatus replay) {
    Badges.Kind kind =
        switch (replay.state()) {
          case "DONE" -> Badges.Kind.GOOD;
          case "RUNNING" -> replay.isSilent() ? Badges.Kind.BAD : Badges.Kind.BUSY;
          case "FAILED" -> Badges.Kind.BAD;
          default -> Badges.Kind.QUIET;
        };
    return Badges.state(replay.state() + (replay.dropped() ? " (dropped)" : ""), kind);
  }

  static String why(ReplayStatus replay) {
    if (replay.isSilent()) {
      return "no sign of life for "
          + Words.duration(replay.beatAge())
          + ": run it again, or cancel it";
    }
    return replay.detail().orElse("");
  }

  private void show(Context context) throws SQLException {
    show(context, new Ask(context).pathNumber("id"));
  }

  private void show(Context context, long id) throws SQLException {
    ReplayStatus replay = desk.replay(id);
    Node content =
        div(
            p(cls("up"), a("/replays", "All replays")),
            facts(replay),
            desk.advice(id)
                .filter(made -> replay.state().equals("PLANNED"))
                .map(ReplayPage::advice),
            actions(replay, Gate.visitor(context)),
            ranges(desk.ledger().ranges(id)));
    frame.show(
        context,
        View.live("Replay " + id, Nav.REPLAYS, clock.instant(), ReplaysPage.EVERY, content));
  }

  private static Node facts(ReplayStatus replay) {
    boolean ofTopic = replay.mode() != ReplayMode.REINGEST;
    return new Facts()
        .add("State", state(replay))
        .add("Progress", Progress.of(replay.done(), replay.planned()))
        .add("Mode", replay.mode() + (replay.forced() ? " FORCED" : ""))
        .add("Scope", replay.scope())
        .add("Keys", replay.keys().map(Words::number))
        .add("Reads", ofTopic ? element("code", replay.topic()) : "the file, from S3")
        .add("Records at most", known(replay))
        .add("Done", Words.number(replay.done()))
        .add("Written", Words.number(replay.written()))
        .add("Kept", Words.number(replay.kept()))
        .add("Rejected", Words.number(replay.rejected()))
        .add("Rate/s", replay.rate() > 0 ? Words.rate(replay.rate()) : Words.NONE)
        .add("Left", Words.duration(replay.left()))
        .add("Planned", Words.time(replay.plannedAt()) + " by " + replay.plannedBy())
        .add("Run (UTC)", Words.time(replay.runAt()))
        .add("Ended (UTC)", Words.time(replay.endedAt()))
        .add("Why", Optional.of(why(replay)).filter(why -> !why.isEmpty()))
        .node();
  }

  /** How many a file has is known when it is read. */
  private static Optional<String> known(ReplayStatus replay) {
    return replay.mode() == ReplayMode.REINGEST && replay.planned() == 0
        ? Optional.empty()
        : Optional.of(Words.number(replay.planned()));
  }

  private static Node advice(Planned planned) {
    PlanAdvice advice = planned.advice();
    Estimate estimate = planned.estimate();
    return element(
        "section",
        cls("panel"),
        h2("Before it is run"),
        planned.status().mode() == ReplayMode.REINGEST
            ? ""
            : p(
                "It takes about "
                    + Words.duration(estimate.time())
                    + ", at "
                    + Words.rate(estimate.rate())
                    + " records/s ("
                    + (estimate.measured() ? "as replays of the type before" : "assumed")
                    + ")."),
        list("Writes", advice.tables()),
        list("Note", advice.notes()),
        list("Repairs", advice.repairs()),
        list("Does not repair", advice.doesNot()),
        list("Cannot be undone", advice.irrevocable()));
  }

  private static Node list(String name, List<String> lines) {
    if (lines.isEmpty()) {
      return Html.none();
    }
    return div(
        element("h3", name),
        element("ul", lines.stream().map(line -> element("li", line)).toList()));
  }

  private static Node actions(ReplayStatus replay, Visitor visitor) {
    String path = "/replays/" + replay.id();
    if (replay.mode() == ReplayMode.GENERATION) {
      return p(
          cls("notice warn"),
          "A change of generation restarts programs: ./riffle replay run " + replay.id());
    }
    boolean canRun =
        replay.state().equals("PLANNED") || replay.state().equals("FAILED") || replay.isSilent();
    boolean canCancel =
        List.of("PLANNED", "RUNNING", "FAILED").contains(replay.state()) && !replay.dropped();
    return div(
        cls("actions"),
        Html.when(
            canRun && !replay.dropped(),
            () ->
                Forms.post(
                    visitor,
                    Role.OPERATOR,
                    path + "/run",
                    button(
                        cls("primary"),
                        attr("data-confirm", "Run replay " + replay.id() + "?"),
                        replay.state().equals("PLANNED") ? "Run it" : "Run it again"))),
        Html.when(
            canCancel,
            () -> Forms.post(visitor, Role.OPERATOR, path + "/cancel", button("Cancel"))));
  }

  private static Node ranges(List<PlannedRange> ranges) {
    if (ranges.isEmpty()) {
      return Html.none();
    }
    TableOf table =
        new TableOf("By partition", "Topic", "#Partition", "#From", "#To", "#Done to", "Progress");
    ranges.forEach(
        range ->
            table.row(
                range.topic(),
                range.partition(),
                Words.number(range.from()),
                Words.number(range.to()),
                Words.number(range.next()),
                Progress.of(range.next() - range.from(), range.records())));
    return table.node();
  }

  private interface Order {
    void give(long id, Visitor visitor) throws SQLException, InterruptedException;
  }

  private void run(Context context) throws SQLException, InterruptedException {
    order(context, desk::run, " is on its way.");
  }

  private void cancel(Context context) throws SQLException, InterruptedException {
    order(context, desk::cancel, " is cancelled.");
  }

  private void order(Context context, Order order, String done)
      throws SQLException, InterruptedException {
    long id = new Ask(context).pathNumber("id");
    String address = "/replays/" + id;
    try {
      order.give(id, Gate.visitor(context));
      frame.tell(context, true, "Replay " + id + done, address);
    } catch (RefusedException e) {
      frame.refuse(context, e, address);
      show(context, id);
    }
  }
}
