package io.riffle.console.cdc;

import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.button;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.p;
import static io.riffle.console.html.Html.span;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.riffle.cdc.guard.Lsn;
import io.riffle.cdc.ledger.TableSnapshot;
import io.riffle.cdc.ledger.Wanted;
import io.riffle.console.access.Gate;
import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Role;
import io.riffle.console.access.Visitor;
import io.riffle.console.html.Node;
import io.riffle.console.html.TableOf;
import io.riffle.console.page.Ask;
import io.riffle.console.page.Badges;
import io.riffle.console.page.Forms;
import io.riffle.console.page.Frame;
import io.riffle.console.page.Nav;
import io.riffle.console.page.Progress;
import io.riffle.console.page.View;
import io.riffle.console.page.Words;
import io.riffle.operations.cdc.CdcStatus;
import io.riffle.operations.cdc.SourceStatus;
import io.riffle.operations.cdc.StagingTable;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Sources, their slots, their tables. */
public final class CdcPage {
  private static final Duration EVERY = Duration.ofSeconds(3);

  private final CdcDesk desk;
  private final Frame frame;
  private final Clock clock;

  public CdcPage(CdcDesk desk, Frame frame, Clock clock) {
    this.desk = desk;
    this.frame = frame;
    this.clock = clock;
  }

  public void addTo(RoutesConfig routes) {
    routes.get("/cdc", this::show, Role.VIEWER);
    routes.post("/cdc/{name}/pause", this::pause, Role.OPERATOR);
    routes.post("/cdc/{name}/resume", this::resume, Role.OPERATOR);
    routes.post("/cdc/{name}/snapshot", this::snapshot, Role.OPERATOR);
  }

  private void show(Context context) throws SQLException {
    CdcStatus status = desk.status(Optional.empty());
    Visitor visitor = Gate.visitor(context);
    Node content =
        status.sources().isEmpty()
            ? p(cls("empty"), "No database is captured: riffle cdc add")
            : div(sources(status, visitor), slots(status), tables(status, visitor));
    frame.show(context, View.live("CDC", Nav.CDC, clock.instant(), EVERY, content));
  }

  private static Node sources(CdcStatus status, Visitor visitor) {
    TableOf table =
        new TableOf(
            "Sources",
            "Source",
            "State",
            "Wanted",
            "#Epoch",
            "#Tables",
            "#Time behind",
            "#Retained WAL",
            "What is amiss",
            "");
    for (SourceStatus one : status.sources()) {
      table.row(
          one.source().name(),
          state(one),
          one.source().wanted().name(),
          one.source().epoch(),
          one.snapshots().size(),
          Words.duration(one.behindSeconds().map(CdcPage::duration)),
          one.slot().map(slot -> Words.bytes(slot.retainedBytes())).orElse(Words.NONE),
          String.join("; ", one.health().problems()),
          actions(one, visitor));
    }
    return table.node();
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(Math.max(0, seconds) * 1000));
  }

  private static Node state(SourceStatus one) {
    String state = one.health().state();
    Badges.Kind kind =
        switch (state) {
          case "STREAMING" -> Badges.Kind.GOOD;
          case "PAUSED" -> Badges.Kind.QUIET;
          case "ADDED", "STARTING", "REMOVING" -> Badges.Kind.BUSY;
          case "DEGRADED", "UNSEEN" -> Badges.Kind.WARN;
          default -> Badges.Kind.BAD;
        };
    return Badges.state(state, kind);
  }

  private static Node actions(SourceStatus one, Visitor visitor) {
    String path = "/cdc/" + one.source().name();
    boolean paused = one.source().wanted() == Wanted.PAUSED;
    return div(
        cls("actions"),
        Forms.post(
            visitor,
            Role.OPERATOR,
            path + (paused ? "/resume" : "/pause"),
            button(paused ? "Resume" : "Pause")),
        Forms.post(
            visitor,
            Role.OPERATOR,
            path + "/snapshot",
            button(
                attr("data-confirm", "Read all tables of " + one.source().name() + " again?"),
                "Snapshot all")));
  }

  private static Node slots(CdcStatus status) {
    TableOf table =
        new TableOf(
            "Slots",
            "Slot",
            "Active",
            "WAL",
            "Confirmed",
            "Read",
            "Server",
            "#May still grow",
            "Seen (UTC)");
    for (SourceStatus one : status.sources()) {
      one.slot()
          .ifPresent(
              slot ->
                  table.row(
                      slot.slot(),
                      Badges.state(
                          slot.active() ? "yes" : "no",
                          slot.active() ? Badges.Kind.GOOD : Badges.Kind.WARN),
                      slot.walStatus(),
                      slot.confirmedLsn().map(Lsn::text).orElse(Words.NONE),
                      slot.readLsn().map(Lsn::text).orElse(Words.NONE),
                      Lsn.text(slot.serverLsn()),
                      slot.safeBytes().map(Words::bytes).orElse("no limit"),
                      Words.time(slot.seenAt())));
    }
    return table.isEmpty() ? span() : table.node();
  }

  private static Node tables(CdcStatus status, Visitor visitor) {
    TableOf table =
        new TableOf(
            "Tables",
            "Table",
            "By",
            "Snapshot",
            "Progress",
            "#Rows done",
            "#Rows left",
            "#Staged",
            "#Deleted",
            "#Rejected",
            "Why",
            "");
    for (SourceStatus one : status.sources()) {
      one.snapshots().forEach(snapshot -> add(one, snapshot, visitor, table));
    }
    return table.isEmpty() ? span() : table.node();
  }

  private static void add(
      SourceStatus one, TableSnapshot snapshot, Visitor visitor, TableOf table) {
    Optional<StagingTable> staged = one.staged(snapshot);
    long left = snapshot.rowsLeft();
    table.row(
        one.source().name() + "." + snapshot.table(),
        snapshot.kind().name(),
        snapshot(snapshot),
        left > 0 ? Progress.of(snapshot.rowsDone(), snapshot.rowsDone() + left) : "",
        Words.number(snapshot.rowsDone()),
        Words.number(left),
        staged.map(rows -> Words.number(rows.inserted())).orElse(Words.NONE),
        staged.map(rows -> Words.number(rows.deleted())).orElse(Words.NONE),
        staged.map(rows -> Words.number(rows.rejected())).orElse(Words.NONE),
        snapshot.detail().or(() -> staged.flatMap(StagingTable::why)).orElse(""),
        Forms.post(
            visitor,
            Role.OPERATOR,
            "/cdc/" + one.source().name() + "/snapshot",
            Forms.hidden("table", snapshot.table().toString()),
            button("Snapshot")));
  }

  private static Node snapshot(TableSnapshot snapshot) {
    Badges.Kind kind =
        switch (snapshot.state()) {
          case DONE -> Badges.Kind.GOOD;
          case FAILED -> Badges.Kind.BAD;
          default -> Badges.Kind.BUSY;
        };
    return Badges.state(snapshot.state().name(), kind);
  }

  private interface Order {
    void give(String name, Visitor visitor) throws SQLException, InterruptedException;
  }

  private void pause(Context context) throws SQLException, InterruptedException {
    order(context, desk::pause, " is to pause; its server keeps the log.");
  }

  private void resume(Context context) throws SQLException, InterruptedException {
    order(context, desk::resume, " is to go on.");
  }

  private void snapshot(Context context) throws SQLException, InterruptedException {
    Optional<String> table = new Ask(context).formText("table");
    order(
        context,
        (name, visitor) -> desk.snapshot(name, table, visitor),
        ": a snapshot is asked for.");
  }

  private void order(Context context, Order order, String done)
      throws SQLException, InterruptedException {
    String name = context.pathParam("name");
    try {
      order.give(name, Gate.visitor(context));
      frame.tell(context, true, name + done, Nav.CDC.path());
    } catch (RefusedException e) {
      frame.refuse(context, e, Nav.CDC.path());
      show(context);
    }
  }
}
