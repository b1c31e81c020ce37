package io.riffle.console.activity;

import static io.riffle.console.html.Html.a;
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
import io.riffle.console.page.Frame;
import io.riffle.console.page.Nav;
import io.riffle.console.page.View;
import io.riffle.console.page.Words;
import io.riffle.operations.activity.Activities;
import io.riffle.operations.activity.ActivityFilter;
import io.riffle.operations.activity.ActivityRow;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was done, newest first. */
public final class ActivityPage {
  private static final int LIMIT = 100;
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Activities activities;
  private final Frame frame;
  private final Clock clock;

  public ActivityPage(Activities activities, Frame frame, Clock clock) {
    this.activities = activities;
    this.frame = frame;
    this.clock = clock;
  }

  public void addTo(RoutesConfig routes) {
    routes.get("/activity", this::show, Role.VIEWER);
  }

  private void show(Context context) throws SQLException {
    Ask ask = new Ask(context);
    ActivityFilter filter =
        new ActivityFilter(
            ask.text("who"),
            ask.text("action").map(text -> text.toUpperCase(Locale.ROOT)),
            ask.number("before"));
    List<ActivityRow> rows = activities.list(filter, LIMIT);
    Node content = div(filter(filter), table(rows), older(filter, rows));
    frame.show(context, View.live("Activity", Nav.ACTIVITY, clock.instant(), EVERY, content));
  }

  private static Node filter(ActivityFilter filter) {
    return form(
        cls("filter"),
        attr("method", "get"),
        attr("action", "/activity"),
        field("Who", attr("name", "who"), attr("value", filter.who().orElse(""))),
        field("Action", attr("name", "action"), attr("value", filter.action().orElse(""))),
        Html.button("Show"));
  }

  private static Node table(List<ActivityRow> rows) {
    TableOf table =
        new TableOf(
            "Activity", "When (UTC)", "Who", "Role", "By", "Action", "On", "Before", "After");
    rows.forEach(
        row ->
            table.row(
                element("time", attr("datetime", row.at()), Words.time(row.at())),
                row.activity().who(),
                row.activity().role().toLowerCase(Locale.ROOT),
                row.activity().via().toLowerCase(Locale.ROOT),
                row.activity().action(),
                row.activity().target(),
                row.activity().before().orElse(""),
                row.activity().after().orElse("")));
    return table.isEmpty() ? p(cls("empty"), "Nobody has done that yet.") : table.node();
  }

  private static Optional<Node> older(ActivityFilter filter, List<ActivityRow> rows) {
    if (rows.size() < LIMIT) {
      return Optional.empty();
    }
    String address =
        "/activity?before="
            + rows.get(rows.size() - 1).id()
            + filter.who().map(who -> "&who=" + Html.encoded(who)).orElse("")
            + filter.action().map(action -> "&action=" + Html.encoded(action)).orElse("");
    return Optional.of(p(a(address, "Older")));
  }
}
