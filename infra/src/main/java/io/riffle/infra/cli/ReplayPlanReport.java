package io.riffle.infra.cli;

import io.riffle.operations.replay.Estimate;
import io.riffle.operations.replay.PlanAdvice;
import io.riffle.operations.replay.ReplayJson;
import io.riffle.operations.replay.ReplayMode;
import io.riffle.operations.replay.ReplayPlanner.Planned;
import io.riffle.operations.replay.ReplayStatus;
import java.util.List;
import java.util.Locale;

/** A new plan: what it reads and writes, how long it may take, what to know before. */
final class ReplayPlanReport {
  private final Planned planned;

  ReplayPlanReport(Planned planned) {
    this.planned = planned;
  }

  void print(StackOptions options) {
    System.out.println(options.json() ? json() : text());
  }

  private String text() {
    ReplayStatus status = planned.status();
    PlanAdvice advice = planned.advice();
    StringBuilder text = new StringBuilder();
    text.append(new ReplayReport(List.of(status)).table()).append("\n\n");
    if (status.mode() != ReplayMode.REINGEST) {
      text.append(ReplayReport.ranges(planned.ranges())).append("\n\n");
      text.append(line("reads", reads(status)));
      text.append(line("time", time(planned.estimate())));
    }
    text.append(line("writes", String.join(", ", advice.tables())));
    lines(text, "note", advice.notes());
    lines(text, "repairs", advice.repairs());
    lines(text, "does not repair", advice.doesNot());
    lines(text, "cannot be undone", advice.irrevocable());
    return text.append("\nNothing was changed. To run it: ./riffle replay run " + status.id())
        .toString();
  }

  private static String reads(ReplayStatus status) {
    if (status.mode() == ReplayMode.GENERATION) {
      return "at most %d raw records".formatted(status.planned());
    }
    return "at most %d records of %s, up to where the live sink is when it runs"
        .formatted(status.planned(), status.topic());
  }

  private static String time(Estimate estimate) {
    return "about %s, at %.0f records/s (%s)"
        .formatted(
            ReplayReport.duration(estimate.time()),
            estimate.rate(),
            estimate.measured() ? "as replays of the type before" : "assumed");
  }

  private static void lines(StringBuilder text, String name, List<String> all) {
    all.forEach(one -> text.append(line(name, one)));
  }

  private static String line(String name, String value) {
    return String.format(Locale.ROOT, "%-17s %s%n", name + ":", value);
  }

  private String json() {
    return ReplayJson.of(planned).toString();
  }
}
