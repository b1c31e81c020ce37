package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.operations.replay.PlannedRange;
import io.riffle.operations.replay.ReplayStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Replays as a table, or as JSON. */
final class ReplayReport {
  private static final ObjectMapper MAPPER = new ObjectMapper();

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
    ArrayNode list = MAPPER.createArrayNode();
    replays.forEach(replay -> describe(replay, list.addObject()));
    return list;
  }

  /** The only one. */
  ObjectNode one() {
    ObjectNode node = MAPPER.createObjectNode();
    describe(replays.get(0), node);
    return node;
  }

  private static void describe(ReplayStatus replay, ObjectNode node) {
    node.put("replay", replay.id()).put("mode", replay.mode().name());
    node.put("scope", replay.scope()).put("type", replay.type()).put("topic", replay.topic());
    node.put("forced", replay.forced()).put("keys", replay.keys().orElse(null));
    node.put("state", replay.state()).put("why", replay.detail().orElse(null));
    node.put("plannedBy", replay.plannedBy()).put("plannedAt", replay.plannedAt().toString());
    node.put("runAt", replay.runAt().map(Object::toString).orElse(null));
    node.put("endedAt", replay.endedAt().map(Object::toString).orElse(null));
    node.put("silent", replay.isSilent()).put("dropped", replay.dropped());
    node.put("planned", replay.planned()).put("done", replay.done());
    node.put("written", replay.written()).put("kept", replay.kept());
    node.put("rejected", replay.rejected()).put("recordsPerSecond", replay.rate());
    node.put("secondsLeft", replay.left().map(Duration::toSeconds).orElse(null));
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

  static void describe(PlannedRange range, ObjectNode node) {
    node.put("topic", range.topic()).put("partition", range.partition());
    node.put("from", range.from()).put("to", range.to()).put("next", range.next());
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
