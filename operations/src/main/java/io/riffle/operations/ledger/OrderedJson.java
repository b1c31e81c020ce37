package io.riffle.operations.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Which files were skipped or taken up again, and why others not, for programs. */
public final class OrderedJson {
  private OrderedJson() {}

  /** All of them. */
  public static ObjectNode of(Ordered ordered, FileOrder order, boolean dryRun) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("dryRun", dryRun).put("state", order.state());
    ArrayNode taken = node.putArray("taken");
    ordered.done().forEach(each -> describe(each, taken.addObject()));
    ArrayNode refused = node.putArray("refused");
    ordered
        .refused()
        .forEach(
            each -> describe(each, refused.addObject()).put("why", each.refusal().orElseThrow()));
    return node;
  }

  private static ObjectNode describe(Ordered.Each each, ObjectNode node) {
    return node.put("key", each.key()).put("was", each.was());
  }
}
