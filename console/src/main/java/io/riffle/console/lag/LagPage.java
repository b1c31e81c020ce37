package io.riffle.console.lag;

import static io.riffle.console.html.Html.a;
import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.element;
import static io.riffle.console.html.Html.field;
import static io.riffle.console.html.Html.form;
import static io.riffle.console.html.Html.h2;
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
import io.riffle.console.page.Sparkline;
import io.riffle.console.page.View;
import io.riffle.console.page.Words;
import io.riffle.operations.lag.LagReport;
import io.riffle.operations.lag.LagReport.Group;
import io.riffle.operations.lag.LagState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All groups, the worst first. */
public final class LagPage {
  private static final int UNREAD = 5;
  private final LagWatch watch;
  private final Frame frame;

  public LagPage(LagWatch watch, Frame frame) {
    this.watch = watch;
    this.frame = frame;
  }

  public void addTo(RoutesConfig routes) {
    routes.get("/lag", this::show, Role.VIEWER);
    routes.get("/lag/group", new LagGroupPage(watch, frame)::show, Role.VIEWER);
  }

  /** The address of a group's page. */
  static String address(String group) {
    return "/lag/group?name=" + Html.encoded(group);
  }

  private void show(Context context) {
    LagWatch.Seen seen = watch.seen();
    Ask ask = new Ask(context);
    Optional<String> state = ask.text("state");
    Optional<String> name = ask.text("name");
    Node content =
        div(
            problem(seen),
            filter(state, name),
            seen.report().map(report -> table(report, state, name)).orElseGet(LagPage::nothingYet));
    frame.show(
        context,
        new View(
            "Lag", Nav.LAG, seen.report().map(LagReport::at), Optional.of(watch.every()), content));
  }

  static Node nothingYet() {
    return p(cls("empty"), "No look at Kafka has come to its end yet.");
  }

  static Node problem(LagWatch.Seen seen) {
    return Html.all(List.of(silence(seen), unread(seen)));
  }

  private static Node unread(LagWatch.Seen seen) {
    List<String> unread = seen.report().map(LagReport::unread).orElse(List.of());
    return unread.isEmpty()
        ? Html.none()
        : p(
            cls("notice bad"),
            "Kafka did not tell of " + unread.size() + " groups or partitions: " + first(unread));
  }

  private static String first(List<String> unread) {
    String first = String.join(", ", unread.subList(0, Math.min(UNREAD, unread.size())));
    return unread.size() > UNREAD ? first + " …" : first;
  }

  private static Node silence(LagWatch.Seen seen) {
    return seen.problem()
        .map(
            why ->
                p(
                    cls("notice bad"),
                    attr("role", "alert"),
                    "Kafka does not answer (" + why + "): what is shown grows old."))
        .orElseGet(Html::none);
  }

  private static Node filter(Optional<String> state, Optional<String> name) {
    List<String> states =
        Arrays.stream(LagState.values())
            .map(LagState::name)
            .sorted(Comparator.reverseOrder())
            .toList();
    List<String> choices = new ArrayList<>(List.of(""));
    choices.addAll(states);
    return form(
        cls("filter"),
        attr("method", "get"),
        attr("action", "/lag"),
        Html.select("State", "state", choices, state.orElse("")),
        field("Group or topic", attr("name", "name"), attr("value", name.orElse(""))),
        Html.button("Show"));
  }

  private Node table(LagReport report, Optional<String> state, Optional<String> name) {
    TableOf table =
        new TableOf(
            "Consumer groups",
            "Group",
            "State",
            "#Messages behind",
            "Trend",
            "#Time behind",
            "#Read/s",
            "#Drained in",
            "Last hour",
            "Type",
            "#Members",
            "#Topics",
            "Marks");
    report.groups().stream()
        .filter(group -> state.map(group.state().name()::equals).orElse(true))
        .filter(group -> name.map(text -> has(group, text)).orElse(true))
        .sorted(Comparator.comparing(Group::state).reversed().thenComparing(g -> g.lag().group()))
        .forEach(group -> add(group, table));
    return table.isEmpty()
        ? p(cls("empty"), "No group with committed offsets is like that.")
        : table.node();
  }

  private static boolean has(Group group, String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return group.lag().group().toLowerCase(Locale.ROOT).contains(wanted)
        || group.topics().stream()
            .anyMatch(topic -> topic.lag().topic().toLowerCase(Locale.ROOT).contains(wanted));
  }

  private void add(Group group, TableOf table) {
    String name = group.lag().group();
    table.row(
        a(address(name), name),
        LagCells.state(group.state()),
        Words.number(group.lag().lag()),
        LagCells.trend(group.trend()),
        Words.duration(group.lag().behind()),
        Words.rate(group.consumed()),
        Words.duration(group.drain()),
        spark(name),
        group.lag().kind().name().toLowerCase(Locale.ROOT),
        Words.number(group.lag().members()),
        Words.number(group.topics().size()),
        LagCells.marks(group.topics().stream().flatMap(t -> t.partitions().stream()).toList()));
  }

  private Node spark(String group) {
    return Sparkline.of(
        "messages behind in the last hour", watch.series().small(group, Optional.empty()));
  }

  /** A graph that a script draws, of an hour and of a day. */
  static Node chart(String group, Optional<String> topic) {
    return element(
        "section",
        cls("chart"),
        h2("Messages and time behind"),
        div(
            cls("plot"),
            Html.id("plot"),
            attr("role", "figure"),
            attr("aria-label", "Graph of messages and time behind"),
            attr("data-group", group),
            topic.map(name -> attr("data-topic", name)),
            attr("hx-preserve", "true")),
        element("noscript", p("The graph needs JavaScript; the table below does not.")));
  }
}
