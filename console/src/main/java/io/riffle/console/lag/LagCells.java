package io.riffle.console.lag;

import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.span;

import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.page.Badges;
import io.riffle.console.runbook.Runbook;
import io.riffle.operations.lag.LagReport.Partition;
import io.riffle.operations.lag.LagState;
import io.riffle.operations.lag.Trend;
import java.util.ArrayList;
import java.util.List;

/** Cells of tables of lags. */
final class LagCells {
  private LagCells() {}

  static Node state(LagState state) {
    return Runbook.link(state.name(), Badges.state(state.name(), kind(state)));
  }

  private static Badges.Kind kind(LagState state) {
    return switch (state) {
      case IDLE -> Badges.Kind.QUIET;
      case OK -> Badges.Kind.GOOD;
      case WARN, REWIND -> Badges.Kind.WARN;
      case STALLED, STOPPED -> Badges.Kind.BAD;
    };
  }

  static Node trend(Trend trend) {
    String word =
        switch (trend) {
          case UP -> "grows";
          case DOWN -> "shrinks";
          case FLAT -> "stays";
        };
    return span(cls("trend " + word), attr("role", "img"), attr("aria-label", word), trend.sign());
  }

  /** What of these partitions somebody should know. */
  static Node marks(List<Partition> partitions) {
    List<Node> marks = new ArrayList<>();
    if (partitions.stream().anyMatch(Partition::hot)) {
      marks.add(Badges.state("hot partition", Badges.Kind.WARN));
    }
    if (partitions.stream().anyMatch(one -> one.pace().retentionRisk())) {
      marks.add(Runbook.link("RetentionRisk", Badges.state("retention risk", Badges.Kind.BAD)));
    }
    return Html.all(marks);
  }
}
