package io.riffle.operations.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Findings as one object: {@code verdict}, {@code findings}. */
public final class DoctorJson {

  private DoctorJson() {}

  /** Everything, in its order. */
  public static ObjectNode of(List<Finding> findings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("verdict", Doctor.verdict(findings).name());
    ArrayNode list = json.putArray("findings");
    for (Finding finding : findings) {
      list.addObject()
          .put("part", finding.part())
          .put("verdict", finding.verdict().name())
          .put("text", finding.text())
          .put("advice", finding.advice().orElse(null));
    }
    return json;
  }
}
