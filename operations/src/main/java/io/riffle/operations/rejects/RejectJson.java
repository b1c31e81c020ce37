package io.riffle.operations.rejects;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Rejects for programs: what is known of them, never the records. */
public final class RejectJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private RejectJson() {}

  /** By cause, and one by one. */
  public static ObjectNode of(List<RejectCause> causes, List<RejectRow> rejects) {
    ObjectNode node = MAPPER.createObjectNode();
    node.set("causes", MAPPER.valueToTree(causes));
    node.set("rejects", MAPPER.valueToTree(rejects.stream().map(RejectRow::values).toList()));
    return node;
  }

  /** One. */
  public static ObjectNode of(RejectRow reject) {
    return MAPPER.valueToTree(reject.values());
  }
}
