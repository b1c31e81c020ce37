package io.riffle.console.files;

import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.element;
import static io.riffle.console.html.Html.field;
import static io.riffle.console.html.Html.form;
import static io.riffle.console.html.Html.p;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.riffle.console.access.Role;
import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.html.TableOf;
import io.riffle.console.page.Ask;
import io.riffle.console.page.Badges;
import io.riffle.console.page.Frame;
import io.riffle.console.page.Nav;
import io.riffle.console.page.Progress;
import io.riffle.console.page.View;
import io.riffle.console.page.Words;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.FileStatus.Totals;
import io.riffle.operations.ledger.Ledger;
import io.riffle.operations.ledger.Ledger.StateCount;
import io.riffle.operations.ledger.UnlistedObjects;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Files of all data sets, newest first. */
public final class FilesPage {
  static final Duration EVERY = Duration.ofSeconds(3);
  private static final int USUAL = 100;
  private static final int MOST = 1_000;
  private static final int UNLISTED = 10;
  static final List<String> STATES =
      List.of(
          "",
          "DISCOVERED",
          "WAITING",
          "PLANNED",
          "LOADING",
          "COMPLETED",
          "COMPLETED_WITH_REJECTS",
          "REJECTED",
          "CONFLICT",
          "TOO_OLD",
          "FUTURE",
          "SKIPPED");

  private final Ledger ledger;
  private final Frame frame;
  private final Clock clock;

  public FilesPage(Ledger ledger, Frame frame, Clock clock) {
    this.ledger = ledger;
    this.frame = frame;
    this.clock = clock;
  }

  public void addTo(RoutesConfig routes) {
    routes.get("/files", this::show, Role.VIEWER);
  }

  private void show(Context context) throws SQLException {
    Ask ask = new Ask(context);
    Optional<String> key = ask.text("key");
    Optional<String> state = ask.text("state").map(text -> text.toUpperCase(Locale.ROOT));
    int limit = ask.limit("limit", USUAL, MOST);
    List<FileStatus> files = ledger.files(key, state, FilePages.behind(ask, limit), limit);
    Node content =
        div(
            counts(ledger.states()),
            filter(key, state),
            files.isEmpty() ? p(cls("empty"), "The ledger has no such file.") : table(files),
            FilePages.links(context, files.size() == limit),
            unlisted(ledger.unlisted(key, UNLISTED)));
    frame.show(context, View.live("Files", Nav.FILES, clock.instant(), EVERY, content));
  }

  private static Node counts(Map<String, StateCount> states) {
    List<Node> badges = new ArrayList<>();
    states.forEach(
        (state, count) ->
            badges.add(
                Html.a(
                    "/files?state=" + Html.encoded(state),
                    Badges.state(
                        state + " " + Words.number(count.files()), FileCells.kind(state)))));
    return p(cls("counts"), Html.all(badges));
  }

  private static Node filter(Optional<String> key, Optional<String> state) {
    return form(
        cls("filter"),
        attr("method", "get"),
        attr("action", "/files"),
        Html.select("State", "state", STATES, state.orElse("")),
        field(
            "Key of a file, or begin of a manifest's",
            attr("name", "key"),
            attr("size", "48"),
            attr("value", key.orElse(""))),
        Html.button("Show"));
  }

  static Node table(List<FileStatus> files) {
    TableOf table =
        new TableOf(
            "Files",
            "File",
            "Type",
            "State",
            "Progress",
            "#Records",
            "#Applied",
            "#Older",
            "#Duplicate",
            "#Parked",
            "#Rejected",
            "#Redriven");
    files.forEach(file -> add(file, table));
    return table.node();
  }

  private static void add(FileStatus file, TableOf table) {
    table.row(
        div(
            FileCells.link(file.key(), file.file().orElse("(manifest)")),
            div(cls("small"), FileCells.link(file.manifest(), file.manifest()))),
        file.type().orElse(Words.NONE),
        div(FileCells.state(file), FileCells.why(file).map(why -> element("div", cls("why"), why))),
        file.totals().map(totals -> progress(file, totals)).orElseGet(Html::none),
        FileCells.number(file, Totals::records),
        FileCells.number(file, Totals::applied),
        FileCells.number(file, Totals::older),
        FileCells.number(file, Totals::duplicate),
        FileCells.number(file, Totals::parked),
        FileCells.number(file, Totals::rejected),
        FileCells.number(file, Totals::redriven));
  }

  /** A bar while it moves, with how long it still takes; the rate in any case. */
  private static Node progress(FileStatus file, Totals totals) {
    Node rate = div(cls("small"), rate(file, totals) + " records/s");
    if (!file.moving()) {
      return rate;
    }
    return div(
        Progress.of(totals.done(), totals.records()),
        rate,
        totals.left().map(left -> div(cls("small"), Words.duration(totals.left()) + " left")));
  }

  /** Of a file that is on its way, of what is stored so far. */
  static String rate(FileStatus file, Totals totals) {
    if (file.loaded()) {
      return Words.rate(totals.recordsPerSecond());
    }
    return totals.seconds() > 0 ? Words.rate(totals.done() / totals.seconds()) : Words.NONE;
  }

  static Node unlisted(UnlistedObjects unlisted) {
    if (unlisted.count() == 0) {
      return Html.none();
    }
    TableOf table =
        new TableOf(
            "Objects that no manifest lists, so nothing loads them: "
                + Words.number(unlisted.count()),
            "Key",
            "#Size",
            "Changed (UTC)",
            "Noticed (UTC)");
    unlisted
        .first()
        .forEach(
            object ->
                table.row(
                    object.key(),
                    Words.bytes(object.bytes()),
                    Words.time(object.lastModified()),
                    Words.time(object.noticedAt())));
    return table.node();
  }
}
