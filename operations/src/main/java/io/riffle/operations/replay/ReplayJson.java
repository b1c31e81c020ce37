package io.riffle.operations.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.operations.replay.ReplayPlanner.Planned;
import java.time.Duration;
import java.util.List;

/** Replays for programs. */
public final class ReplayJson {
  private static final double MILLIS = 1000.0;

  private ReplayJson() {}

  /** Several. */
  public static ArrayNode of(List<ReplayStatus> replays) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    replays.forEach(replay -> describe(replay, list.addObject()));
    return list;
  }

  /** One. */
  public static ObjectNode of(ReplayStatus replay) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    describe(replay, node);
    return node;
  }

  /** One with how far it is on each partition. */
  public static ObjectNode of(ReplayStatus replay, List<PlannedRange> ranges) {
    ObjectNode node = of(replay);
    ArrayNode list = node.putArray("ranges");
    ranges.forEach(range -> describe(range, list.addObject()));
    return node;
  }

  /** A new plan: what to know before it is run. */
  public static ObjectNode of(Planned planned) {
    ObjectNode node = of(planned.status(), planned.ranges());
    PlanAdvice advice = planned.advice();
    node.put("estimatedSeconds", planned.estimate().time().toMillis() / MILLIS);
    node.put("estimateIsMeasured", planned.estimate().measured());
    advice.tables().forEach(node.putArray("tables")::add);
    advice.notes().forEach(node.putArray("notes")::add);
    advice.repairs().forEach(node.putArray("repairs")::add);
    advice.doesNot().forEach(node.putArray("doesNotRepair")::add);
    advice.irrevocable().forEach(node.putArray("cannotBeUndone")::add);
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

  private static void describe(PlannedRange range, ObjectNode node) {
    node.put("topic", range.topic()).put("partition", range.partition());
    node.put("from", range.from()).put("to", range.to()).put("next", range.next());
  }
}
