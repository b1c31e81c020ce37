package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.operations.replay.PlannedRange;
import io.riffle.operations.replay.ReplayJson;
import io.riffle.operations.replay.ReplayStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Replays as a table, or as JSON. */
final class ReplayReport {
  private final List<ReplayStatus> replays;

  ReplayReport(List<ReplayStatus> replays) {
    this.replays = replays;
  }

  Table table() {
    Table table =
        new Table(
            "REPLAY",
            "MODE",
            "SCOPE",
            "STATE",
            "DONE",
            "WRITTEN",
            "KEPT",
            "REJECTED",
            "RATE",
            "ETA",
            "WHY");
    for (ReplayStatus replay : replays) {
      table.row(
          Long.toString(replay.id()),
          replay.mode() + (replay.forced() ? " FORCED" : ""),
          replay.scope(),
          replay.state() + (replay.dropped() ? " (dropped)" : ""),
          replay.done() + "/" + replay.planned(),
          Long.toString(replay.written()),
          Long.toString(replay.kept()),
          Long.toString(replay.rejected()),
          replay.rate() > 0 ? String.format(Locale.ROOT, "%.0f/s", replay.rate()) : "-",
          replay.left().map(ReplayReport::duration).orElse("-"),
          why(replay));
    }
    return table;
  }

  private static String why(ReplayStatus replay) {
    if (replay.isSilent()) {
      return "no sign of life for "
          + replay.beatAge().map(ReplayReport::duration).orElse("long")
          + ": run it again, or cancel it";
    }
    return replay.detail().orElse("-");
  }

  ArrayNode json() {
    return ReplayJson.of(replays);
  }

  /** The only one. */
  ObjectNode one() {
    return ReplayJson.of(replays.get(0));
  }

  static Table ranges(List<PlannedRange> ranges) {
    Table table = new Table("TOPIC", "PARTITION", "FROM", "TO", "DONE TO", "RECORDS (AT MOST)");
    for (PlannedRange range : ranges) {
      table.row(
          range.topic(),
          Integer.toString(range.partition()),
          Long.toString(range.from()),
          Long.toString(range.to()),
          Long.toString(range.next()),
          Long.toString(range.records()));
    }
    return table;
  }

  /** Seconds, or minutes and hours, too. */
  static String duration(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
