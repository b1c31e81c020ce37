package io.riffle.console.overview;

import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.runbook.Runbook;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the runbook tells of a reason why a pipeline is not well, by how reasons are worded. */
final class ReasonLinks {
  private static final Map<String, String> HEADINGS = new LinkedHashMap<>();

  static {
    HEADINGS.put("its group has no members", "ConsumerStopped");
    HEADINGS.put("reads nothing, though records wait", "ConsumerStalled");
    HEADINGS.put("its offsets went back", "REWIND");
    HEADINGS.put("records may expire before they are read", "RetentionRisk");
    HEADINGS.put(" tasks are FAILED", "TaskFailed");
    HEADINGS.put(" waits for ", "PartPaused");
    HEADINGS.put(" has stopped: ", "PartStopped");
  }

  private ReasonLinks() {}

  static Iterable<String> headings() {
    return HEADINGS.values();
  }

  /** The reason, as a link where the runbook has a place for it. */
  static Node of(String reason) {
    return HEADINGS.entrySet().stream()
        .filter(entry -> reason.contains(entry.getKey()))
        .findFirst()
        .map(entry -> Runbook.link(entry.getValue(), reason))
        .orElseGet(() -> Html.text(reason));
  }
}
