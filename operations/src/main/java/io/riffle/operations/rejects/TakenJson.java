package io.riffle.operations.rejects;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Which rejects were taken, and why others not, for programs. */
public final class TakenJson {
  private TakenJson() {}

  /**
   * All of them.
   *
   * @param status that those taken have now, or would have
   */
  public static ObjectNode of(Taken taken, String status, boolean dryRun) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("dryRun", dryRun).put("status", status);
    ArrayNode all = node.putArray("taken");
    for (Taken.Each each : taken.done()) {
      ObjectNode one = all.addObject().put("id", each.reject());
      each.redrive().filter(redrive -> !dryRun).ifPresent(redrive -> one.put("redrive", redrive));
    }
    ArrayNode refused = node.putArray("refused");
    for (Taken.Each each : taken.refused()) {
      refused.addObject().put("id", each.reject()).put("why", each.refusal().orElseThrow());
    }
    return node;
  }
}
