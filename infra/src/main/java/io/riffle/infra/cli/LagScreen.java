package io.riffle.infra.cli;

import io.riffle.config.DurationText;
import io.riffle.operations.lag.LagJson;
import io.riffle.operations.lag.LagReport;
import io.riffle.operations.lag.LagReport.Group;
import io.riffle.operations.lag.LagReport.Partition;
import io.riffle.operations.lag.LagReport.Topic;
import io.riffle.operations.lag.Member;
import java.io.PrintStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** Prints lags: as a table of topics or of partitions, or as an object on one line. */
final class LagScreen {
  private static final String NONE = "-";
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private final boolean json;
  private final boolean partitions;
  private final PrintStream out;

  LagScreen(boolean json, boolean partitions, PrintStream out) {
    this.json = json;
    this.partitions = partitions;
    this.out = out;
  }

  /** Prints it beneath what is there. */
  void print(LagReport report) {
    out.println(text(report));
  }

  /** On a terminal in the place of the last one. */
  void show(LagReport report) {
    if (!json) {
      out.print(Boolean.getBoolean("riffle.terminal") ? CLEAR : "");
      out.println(report.at().truncatedTo(ChronoUnit.SECONDS) + "  " + report.state());
    }
    print(report);
    out.flush();
  }

  String text(LagReport report) {
    if (json) {
      return LagJson.of(report).toString();
    } else if (report.groups().isEmpty()) {
      return "no group has committed offsets" + unread(report);
    }
    return (partitions ? byPartition(report) : byTopic(report)) + unread(report);
  }

  private static String unread(LagReport report) {
    return report.unread().isEmpty()
        ? ""
        : "\nKafka did not tell of " + String.join(", ", report.unread());
  }

  private static Table byTopic(LagReport report) {
    Table table =
        new Table(
            "GROUP",
            "TYPE",
            "MEMBERS",
            "TOPIC",
            "STATE",
            "LAG",
            "TREND",
            "BEHIND",
            "IN/S",
            "READ/S",
            "DRAINED IN",
            "MARKS");
    for (Group group : report.groups()) {
      for (Topic topic : group.topics()) {
        table.row(
            group.lag().group(),
            group.lag().kind().name().toLowerCase(Locale.ROOT),
            Integer.toString(group.lag().members()),
            topic.lag().topic(),
            topic.state().name(),
            Long.toString(topic.lag().lag()),
            topic.trend().sign(),
            text(topic.lag().behind()),
            rate(topic.produced()),
            rate(topic.consumed()),
            text(topic.drain()),
            marks(topic.partitions()));
      }
    }
    return table;
  }

  private static Table byPartition(LagReport report) {
    Table table =
        new Table(
            "GROUP",
            "TOPIC",
            "PARTITION",
            "STATE",
            "COMMITTED",
            "LOG END",
            "LAG",
            "TREND",
            "BEHIND",
            "DRAINED IN",
            "CONSUMER",
            "HOST",
            "MARKS");
    for (Group group : report.groups()) {
      for (Topic topic : group.topics()) {
        for (Partition one : topic.partitions()) {
          table.row(
              group.lag().group(),
              topic.lag().topic(),
              Integer.toString(one.lag().partition()),
              one.pace().state().name(),
              one.lag().hasCommitted() ? Long.toString(one.lag().committed()) : "-",
              Long.toString(one.lag().logEnd()),
              Long.toString(one.lag().lag()),
              one.pace().trend().sign(),
              text(one.lag().behind()),
              text(one.pace().drain()),
              one.lag().member().map(Member::consumer).orElse(NONE),
              one.lag().member().map(Member::host).orElse(NONE),
              marks(List.of(one)));
        }
      }
    }
    return table;
  }

  private static String text(Optional<Duration> time) {
    return time.map(DurationText::about).orElse(NONE);
  }

  private static String rate(double perSecond) {
    return String.format(Locale.ROOT, "%.0f", perSecond);
  }

  private static String marks(List<Partition> partitions) {
    StringJoiner marks = new StringJoiner(", ");
    marks.setEmptyValue(NONE);
    if (partitions.stream().anyMatch(Partition::hot)) {
      marks.add("hot partition");
    }
    if (partitions.stream().anyMatch(one -> one.pace().retentionRisk())) {
      marks.add("retention risk");
    }
    return marks.toString();
  }
}
