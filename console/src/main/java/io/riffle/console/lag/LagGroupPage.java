package io.riffle.console.lag;

import static io.riffle.console.html.Html.a;
import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.element;
import static io.riffle.console.html.Html.flag;
import static io.riffle.console.html.Html.id;
import static io.riffle.console.html.Html.p;
import static io.riffle.console.html.Html.span;

import io.javalin.http.Context;
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
import io.riffle.operations.lag.LagReport.Partition;
import io.riffle.operations.lag.LagReport.Topic;
import io.riffle.operations.lag.Member;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One group: its topics, their partitions, and a graph. */
final class LagGroupPage {
  /** With more, partitions are folded away. */
  private static final int FEW = 24;

  private final LagWatch watch;
  private final Frame frame;

  LagGroupPage(LagWatch watch, Frame frame) {
    this.watch = watch;
    this.frame = frame;
  }

  void show(Context context) {
    String name = new Ask(context).needed("name");
    LagWatch.Seen seen = watch.seen();
    Optional<Group> group =
        seen.report().stream()
            .flatMap(report -> report.groups().stream())
            .filter(one -> one.lag().group().equals(name))
            .findFirst();
    Node content =
        div(
            p(cls("up"), a("/lag", "All groups")),
            LagPage.problem(seen),
            group
                .map(this::content)
                .orElseGet(
                    () ->
                        p(cls("empty"), "There is no group " + name + " with committed offsets.")));
    frame.show(
        context,
        new View(
            name, Nav.LAG, seen.report().map(LagReport::at), Optional.of(watch.every()), content));
  }

  private Node content(Group group) {
    long partitions = group.topics().stream().mapToLong(t -> t.partitions().size()).sum();
    return div(
        facts(group),
        LagPage.chart(group.lag().group(), Optional.empty()),
        topics(group),
        group.topics().stream().map(topic -> partitions(topic, partitions <= FEW)).toList());
  }

  private static Node facts(Group group) {
    return element(
        "dl",
        cls("facts"),
        fact("State", LagCells.state(group.state())),
        fact("Messages behind", Words.number(group.lag().lag())),
        fact("Time behind", Words.duration(group.lag().behind())),
        fact("Drained in", Words.duration(group.drain())),
        fact("Type", group.lag().kind().name().toLowerCase(Locale.ROOT)),
        fact("Members", Words.number(group.lag().members())),
        fact("Protocol", group.lag().protocolState().toLowerCase(Locale.ROOT)));
  }

  private static Node fact(String name, Object value) {
    return div(element("dt", name), element("dd", value));
  }

  private Node topics(Group group) {
    TableOf table =
        new TableOf(
            "Topics",
            "Topic",
            "State",
            "#Messages behind",
            "Trend",
            "#Time behind",
            "#In/s",
            "#Read/s",
            "#Drained in",
            "Last hour",
            "Marks");
    for (Topic topic : group.topics()) {
      table.row(
          a("#" + anchor(topic), topic.lag().topic()),
          LagCells.state(topic.state()),
          Words.number(topic.lag().lag()),
          LagCells.trend(topic.trend()),
          Words.duration(topic.lag().behind()),
          Words.rate(topic.produced()),
          Words.rate(topic.consumed()),
          Words.duration(topic.drain()),
          spark(group, topic),
          LagCells.marks(topic.partitions()));
    }
    return table.node();
  }

  private static String anchor(Topic topic) {
    return "t-" + topic.lag().topic().replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  private Node spark(Group group, Topic topic) {
    return Sparkline.of(
        "messages behind in the last hour",
        watch.series().small(group.lag().group(), Optional.of(topic.lag().topic())));
  }

  private static Node partitions(Topic topic, boolean open) {
    TableOf table =
        new TableOf(
            "Partitions of " + topic.lag().topic(),
            "#Partition",
            "State",
            "#Committed",
            "#Log end",
            "#Messages behind",
            "Trend",
            "#Time behind",
            "#Drained in",
            "Consumer",
            "Host",
            "Marks");
    topic.partitions().forEach(partition -> add(partition, table));
    return element(
        "details",
        id(anchor(topic)),
        flag("open", open),
        element(
            "summary",
            topic.lag().topic(),
            span(cls("count"), topic.partitions().size() + " partitions")),
        table.node());
  }

  private static void add(Partition one, TableOf table) {
    table.row(
        one.lag().partition(),
        LagCells.state(one.pace().state()),
        one.lag().hasCommitted() ? Words.number(one.lag().committed()) : Words.NONE,
        Words.number(one.lag().logEnd()),
        Words.number(one.lag().lag()),
        LagCells.trend(one.pace().trend()),
        Words.duration(one.lag().behind()),
        Words.duration(one.pace().drain()),
        one.lag()
            .member()
            .map(member -> span(attr("title", member.consumer()), member.client()))
            .orElseGet(() -> span(Words.NONE)),
        one.lag().member().map(Member::host).orElse(Words.NONE),
        LagCells.marks(List.of(one)));
  }
}
